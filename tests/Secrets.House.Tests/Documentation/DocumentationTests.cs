using System.Text.RegularExpressions;
using Secrets.House.Repository;

namespace Secrets.House.Documentation;

/// <summary>What the documentation shows is compiled, run and asserted somewhere under <c>samples</c> or <c>tests</c>.</summary>
public sealed partial class DocumentationTests
{
    private static readonly RepoFile[] Documents = [.. Repo.Files.Where(file => file.Name.EndsWith(".md", StringComparison.Ordinal))];

    private static readonly RepoFile[] Compiled = [.. Repo.FilesUnder("samples", ".cs"), .. Repo.FilesUnder("tests", ".cs")];

    [Test]
    public void Every_CSharp_block_is_a_region_of_a_compiled_sample()
    {
        HashSet<string> regions = [.. Compiled.SelectMany(Region.Of)];

        Assert.That(
            Blocks("csharp").Concat(Blocks("cs")).Where(block => !regions.Contains(block.Text)).Select(block => block.Source),
            Is.Empty,
            "Each ```csharp block must equal, to the character, a #region of a .cs file under samples or tests. Put the code there first, run it, then copy it.");
    }

    [Test]
    public void Every_JSON_block_is_a_file_or_a_region_of_a_sample()
    {
        HashSet<string> files =
        [
            .. Repo.FilesUnder("samples", ".json").Concat(Repo.FilesUnder("tests", ".json")).Select(file => file.ReadText().ReplaceLineEndings("\n").TrimEnd()),
            .. Compiled.SelectMany(Region.Of).SelectMany(RawStrings),
        ];

        Assert.That(
            Blocks("json").Where(block => !files.Contains(block.Text)).Select(block => block.Source),
            Is.Empty,
            "Each ```json block must equal a .json file under samples or tests, or a raw string in a #region there.");
    }

    [Test]
    public void Every_block_says_what_it_is() => Assert.That(
        Documents.SelectMany(MarkdownBlock.Of).Where(block => block.Language.Length == 0).Select(block => block.Source),
        Is.Empty,
        "Name the language after the fence: csharp, json, sh, text.");

    [Test]
    public void Every_relative_link_leads_to_a_file()
    {
        List<string> broken = [];
        foreach (RepoFile document in Documents)
        {
            foreach (Match link in Link().Matches(document.ReadText()))
            {
                string target = link.Groups["target"].Value.Split('#')[0];
                if (target.Length == 0 || target.Contains(':', StringComparison.Ordinal))
                    continue;
                string path = Path.Combine(Repo.Root, document.Folder, target);
                if (!File.Exists(path) && !Directory.Exists(path))
                    broken.Add($"{document} -> {target}");
            }
        }

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void Every_script_and_project_that_a_shell_block_names_is_there()
    {
        List<string> missing = [];
        foreach (MarkdownBlock block in Blocks("sh").Concat(Blocks("bash")))
        {
            foreach (Match path in RepositoryPath().Matches(block.Text))
            {
                string full = Path.Combine(Repo.Root, path.Value);
                if (!File.Exists(full) && !Directory.Exists(full))
                    missing.Add($"{block.Source} -> {path.Value}");
            }
        }

        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void A_block_that_differs_by_a_character_is_found()
    {
        string[] document = ["Text.", "```csharp", "int a = 1;", "```"];
        string[] source = ["class C", "{", "    #region first", "    int a = 2;", "    #endregion", "}"];

        Assert.That(Region.Of(source), Is.EqualTo(new[] { "int a = 2;" }));
        Assert.That(MarkdownBlock.Of("x.md", document), Is.EqualTo(new[] { new MarkdownBlock("x.md:2", "csharp", "int a = 1;") }));
        Assert.That(Region.Of(source), Does.Not.Contain(MarkdownBlock.Of("x.md", document).Single().Text));
    }

    private static IEnumerable<MarkdownBlock> Blocks(string language) =>
        Documents.SelectMany(MarkdownBlock.Of).Where(block => block.Language.Split(' ')[0] == language);

    private static IEnumerable<string> RawStrings(string region) =>
        RawString().Matches(region).SelectMany(match => Region.Of(["#region", .. match.Groups["text"].Value.Split('\n'), "#endregion"]));

    [GeneratedRegex("""\]\((?<target>[^)\s]+)\)""")]
    private static partial Regex Link();

    [GeneratedRegex("""(?<![\w/.~$-])(src|tests|samples|benchmarks|eng|docs|\.ci)/[\w./-]*\w""")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex("\"\"\"+(?:json)?\n(?<text>.*?)\n[ ]*\"\"\"", RegexOptions.Singleline)]
    private static partial Regex RawString();
}
