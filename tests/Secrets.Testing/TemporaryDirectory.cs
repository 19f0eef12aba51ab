namespace Secrets.Testing;

/// <summary>A new empty directory that only this user can enter, removed with all it holds when disposed.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("secrets-test-");

    /// <summary>Its full path.</summary>
    public string Path => _directory.FullName;

    /// <summary>The full path of something below it. Nothing is created.</summary>
    /// <param name="parts">Names, outermost first.</param>
    /// <returns>The path.</returns>
    public string this[params ReadOnlySpan<string> parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file, with the directories it needs.</summary>
    /// <param name="relativePath">Where, below this directory.</param>
    /// <param name="text">What, as UTF-8 without a byte-order mark.</param>
    /// <returns>The full path.</returns>
    public string Write(string relativePath, string text)
    {
        string path = System.IO.Path.Combine(Path, relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Removes the directory.</summary>
    public void Dispose()
    {
        if (!_directory.Exists) return;
        MakeWritable(_directory);
        _directory.Delete(recursive: true);
    }

    /// <inheritdoc/>
    public override string ToString() => Path;

    // A test may have taken the write permission away on purpose; links are left alone, for their targets are not ours.
    private static void MakeWritable(DirectoryInfo directory)
    {
        if (OperatingSystem.IsWindows() || directory.LinkTarget is not null) return;
        File.SetUnixFileMode(directory.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (DirectoryInfo child in directory.EnumerateDirectories())
            MakeWritable(child);
    }
}
