namespace Secrets;

internal readonly record struct VersionSnapshot(VersionEntry Entry, bool IsPending, bool IsDestroyed);
