namespace Secrets;

/// <summary>One file of a directory, with its content.</summary>
internal sealed record ProjectedFile(string Path, UnixFileMode Mode, SecretValue Content);
