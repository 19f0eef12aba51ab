using Secrets.House.Repository;

namespace Secrets.House.Documentation;

/// <summary>One fenced block of a Markdown file.</summary>
/// <param name="Source">The file and the line it begins at.</param>
/// <param name="Language">The word after the fence.</param>
/// <param name="Text">What stands between the fences.</param>
internal sealed record MarkdownBlock(string Source, string Language, string Text)
{
    private const string Fence = "```";

    public static IEnumerable<MarkdownBlock> Of(RepoFile file) => Of(file.Path, file.ReadLines());

    public static IEnumerable<MarkdownBlock> Of(string path, IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            int start = i;
            List<string> content = [];
            while (++i < lines.Count && !lines[i].StartsWith(Fence, StringComparison.Ordinal))
                content.Add(lines[i]);
            yield return new MarkdownBlock($"{path}:{start + 1}", lines[start][Fence.Length..].Trim(), string.Join('\n', content).TrimEnd());
        }
    }
}
