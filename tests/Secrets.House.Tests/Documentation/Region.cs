using Secrets.House.Repository;

namespace Secrets.House.Documentation;

/// <summary>The text between <c>#region</c> and <c>#endregion</c> of a compiled file, without its common indentation.</summary>
internal static class Region
{
    public static IEnumerable<string> Of(RepoFile file) => Of(file.ReadLines());

    public static IEnumerable<string> Of(IReadOnlyList<string> lines)
    {
        Stack<int> open = [];
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i].TrimStart();
            if (line.StartsWith("#region", StringComparison.Ordinal))
                open.Push(i + 1);
            else if (line.StartsWith("#endregion", StringComparison.Ordinal) && open.TryPop(out int start))
                yield return Dedent([.. lines.Skip(start).Take(i - start)]);
        }
    }

    private static string Dedent(string[] lines)
    {
        int indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..] : "")).Trim('\n').TrimEnd();
    }
}
