namespace Secrets;

/// <summary>One file that a secret exports.</summary>
/// <param name="Directory">Its directory: absolute, or below the mount root.</param>
/// <param name="Path">Its path below the directory.</param>
/// <param name="Mode">Who may do what with it.</param>
/// <param name="Content">Makes the content, given the directory's full path.</param>
/// <param name="Source">Whose it is, for people.</param>
/// <param name="Address">Whose it is.</param>
internal sealed record FileEntry(string Directory, string Path, UnixFileMode Mode, Func<string, SecretValue> Content, string Source, SecretAddress Address)
{
    internal bool SameAs(FileEntry other) => Mode == other.Mode && Content(Directory) == other.Content(other.Directory);
}
