namespace Secrets;

/// <summary>One file of a plan: its path and where it comes from, never its content.</summary>
/// <param name="Path">Its full path under <see cref="InjectionOptions.MountRoot"/>.</param>
/// <param name="Mode">Who may do what with it.</param>
/// <param name="Source">Where it comes from, for people.</param>
/// <param name="Address">The secret it comes from.</param>
public sealed record PlannedFile(string Path, UnixFileMode Mode, string Source, SecretAddress Address);
