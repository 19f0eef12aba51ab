namespace Secrets.Providers.EncryptedFile.Tests.Format;

internal static class Repository
{
    internal static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Secrets.sln")))
                return directory.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
