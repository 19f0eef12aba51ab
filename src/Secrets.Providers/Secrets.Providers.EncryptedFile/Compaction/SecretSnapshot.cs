namespace Secrets;

/// <summary>One secret as a compaction copies it; later changes of the index do not touch it.</summary>
internal readonly record struct SecretSnapshot(SecretAddress Address, ulong CurrentVersion, ulong NextVersion, DateTimeOffset? DeletedOn, VersionSnapshot[] Versions)
{
    internal static SecretSnapshot Of(SecretEntry entry)
    {
        VersionSnapshot[] versions = new VersionSnapshot[entry.Versions.Length];
        for (int i = 0; i < versions.Length; i++)
            versions[i] = new VersionSnapshot(entry.Versions[i], entry.Versions[i].IsPending, entry.Versions[i].IsDestroyed);
        return new SecretSnapshot(entry.Address, entry.CurrentVersion, entry.NextVersion, entry.DeletedOn, versions);
    }
}
