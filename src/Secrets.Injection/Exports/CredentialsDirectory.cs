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
        bool existed = Directory.Exists(directory);
        List<string> made = [];
        try
        {
            UnixModes.CreateDirectory(directory, OwnerOnly);
            UnixModes.Set(directory, OwnerOnly);
            foreach ((string name, SecretValue value) in entries)
                WriteFile(Path.Combine(directory, name), value, made);
        }
        catch (Exception failure) when (MountErrors.IsFileFailure(failure))
        {
            bool isClean = TryRemove(made, existed ? null : directory);
            throw MountErrors.From(failure, directory, isClean ? "Nothing was left there." : "What was written could not be removed: remove it yourself.", "written to");
        }

        return [.. entries.Select(static entry => entry.Name)];
    }

    private static void WriteFile(string path, SecretValue value, List<string> made)
    {
        using FileStream file = UnixModes.CreateFile(path, UnixFileMode.UserRead);
        made.Add(path);
        file.Write(value.RevealBytes());
        file.Flush(flushToDisk: true);
    }

    // Half of a set of credentials is of no use to anybody but a thief.
    private static bool TryRemove(List<string> files, string? directory)
    {
        try
        {
            files.ForEach(File.Delete);
            if (directory is not null && Directory.Exists(directory))
                Directory.Delete(directory);
            return true;
        }
        catch (Exception failure) when (MountErrors.IsFileFailure(failure))
        {
            return false;
        }
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
