using System.Text;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Templates;

/// <summary>The text files that paths name: a file itself, a directory with all below it that is text and not somebody's tool's.</summary>
internal static class TextFiles
{
    private const int MostBytes = 4 * 1024 * 1024;

    private static readonly string[] Passed = [".git", ".hg", ".svn", "node_modules", "bin", "obj", ".venv", "__pycache__"];

    /// <summary>Paths as they are to be shown, with their text. A named file that cannot be read is an error; one found by walking is passed over.</summary>
    public static IEnumerable<(string Path, string Text)> Read(CommandCall call, IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            string full = call.Environment.FullPath(path);
            if (File.Exists(full))
                yield return (path, ReadNamed(path, full));
            else if (Directory.Exists(full))
                foreach ((string Path, string Text) file in Walk(call, full))
                    yield return file;
            else
                throw new UsageException($"There is no file or directory {path}.");
        }
    }

    private static string ReadNamed(string path, string full) => TextOf(File.ReadAllBytes(full))
        ?? throw new UsageException($"{path} is not UTF-8 text.");

    private static IEnumerable<(string Path, string Text)> Walk(CommandCall call, string directory)
    {
        foreach (string file in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            if (new FileInfo(file) is { Length: <= MostBytes, LinkTarget: null } && TextOf(File.ReadAllBytes(file)) is { } text)
                yield return (Path.GetRelativePath(call.Environment.Directory, file), text);
        }

        foreach (string child in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
        {
            // A link could lead in a circle, or out of what was named.
            if (Passed.Contains(Path.GetFileName(child)) || new DirectoryInfo(child).LinkTarget is not null)
                continue;
            foreach ((string Path, string Text) file in Walk(call, child))
                yield return file;
        }
    }

    private static string? TextOf(byte[] bytes)
    {
        if (bytes.AsSpan().Contains((byte)0) || !System.Text.Unicode.Utf8.IsValid(bytes))
            return null;
        ReadOnlySpan<byte> text = bytes;
        return Encoding.UTF8.GetString(text.StartsWith("\uFEFF"u8) ? text[3..] : text);
    }
}
