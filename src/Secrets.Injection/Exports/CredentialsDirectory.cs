using System.Text;

namespace Secrets;

/// <summary>One file per value: systemd credentials and Docker secrets.</summary>
internal static class CredentialsDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    internal static IReadOnlyList<string> Write(InjectionPlan plan, string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        IReadOnlyList<(string Name, SecretValue Value)> entries = ExportedEntries.Of(plan);
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new SecretException(SecretErrorCode.AlreadyExists, $"The directory '{directory}' is not empty, and nothing is overwritten. Remove it, or choose another.") { Reason = "directory-not-empty" };
        UnixModes.CreateDirectory(directory, OwnerOnly);
        UnixModes.Set(directory, OwnerOnly);
        foreach ((string name, SecretValue value) in entries)
        {
            using FileStream file = UnixModes.CreateFile(Path.Combine(directory, name), UnixFileMode.UserRead);
            file.Write(value.RevealBytes());
            file.Flush(flushToDisk: true);
        }

        return [.. entries.Select(static entry => entry.Name)];
    }

    internal static string ComposeFragment(string directory, IReadOnlyList<string> names)
    {
        StringBuilder yaml = new(names.Count == 0 ? "secrets: {}\n" : "secrets:\n");
        foreach (string name in names)
            yaml.Append("  ").Append(VariableText.Quoted(name)).Append(":\n    file: ").Append(VariableText.Quoted(Literal(Path.GetFullPath(Path.Combine(directory, name))))).Append('\n');
        return yaml.ToString();
    }

    // Compose puts variables into every text of its files; two dollars are one.
    private static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);
}
