namespace Secrets.House.Repository;

/// <summary>The files of this repository, read from the disk: what is written counts, committed or not.</summary>
internal static class Repo
{
    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", "node_modules", "TestResults", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file, in a stable order, without what tools make.</summary>
    public static IReadOnlyList<RepoFile> Files { get; } = [.. Walk(Root).OrderBy(file => file.Path, StringComparer.Ordinal)];

    public static IEnumerable<RepoFile> FilesUnder(string folder, string extension) =>
        Files.Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal) && file.Path.EndsWith(extension, StringComparison.Ordinal));

    private static IEnumerable<RepoFile> Walk(string directory)
    {
        foreach (string file in Directory.EnumerateFiles(directory))
        {
            // A worktree has a file named .git where a clone has a directory.
            if (Path.GetFileName(file) != ".git")
                yield return new RepoFile(Path.GetRelativePath(Root, file).Replace('\\', '/'));
        }

        foreach (string child in Directory.EnumerateDirectories(directory))
        {
            if (NotOurs.Contains(Path.GetFileName(child)))
                continue;
            foreach (RepoFile file in Walk(child))
                yield return file;
        }
    }

    private static string FindRoot()
    {
        for (string? directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Secrets.sln")))
                return directory;
        }

        throw new InvalidOperationException($"Secrets.sln is in no directory above {AppContext.BaseDirectory}. Run the tests from a clone of the repository.");
    }
}
