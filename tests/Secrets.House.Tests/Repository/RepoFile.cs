namespace Secrets.House.Repository;

/// <summary>One file of the repository.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
internal sealed record RepoFile(string Path)
{
    private static readonly string[] TextExtensions =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".sh", ".txt", ".config", ".yml", ".yaml", ".xml", ".editorconfig", ".gitignore", ".gitattributes", ".ps1", ".js", ".mjs", ".html", ".css", ".sql", ".hcl", ".env",
    ];

    public string FullPath => System.IO.Path.Combine(Repo.Root, Path);

    public string Name => System.IO.Path.GetFileName(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    public bool IsText => TextExtensions.Contains(System.IO.Path.GetExtension(Path)) || System.IO.Path.GetExtension(Path).Length == 0;

    public string ReadText() => File.ReadAllText(FullPath);

    public string[] ReadLines() => File.ReadAllLines(FullPath);

    public override string ToString() => Path;
}
