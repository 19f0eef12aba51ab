namespace Secrets;

/// <summary>One secret as the index keeps it. Changed only under the index's lock.</summary>
internal sealed class SecretEntry(SecretAddress address)
{
    internal SecretAddress Address { get; set; } = address;

    /// <summary>Oldest first. Replaced, never changed, so that a reader may keep it.</summary>
    internal VersionEntry[] Versions { get; private set; } = [];

    /// <summary>0 while there is only a pending one.</summary>
    internal ulong CurrentVersion { get; set; }

    internal ulong NextVersion { get; set; } = 1;

    internal DateTimeOffset? DeletedOn { get; set; }

    internal VersionEntry? Newest => Versions.Length == 0 ? null : Versions[^1];

    internal VersionEntry? Current => Find(CurrentVersion);

    internal VersionEntry? Find(ulong version)
    {
        // The newest is nearly always the one.
        for (int i = Versions.Length - 1; i >= 0; i--)
        {
            if (Versions[i].Version == version)
                return Versions[i];
        }

        return null;
    }

    internal void Add(VersionEntry version)
    {
        Versions = [.. Versions, version];
        NextVersion = Math.Max(NextVersion, version.Version + 1);
        if (version is { IsPending: false, IsDestroyed: false })
            CurrentVersion = version.Version;
    }

    /// <summary>Adds a version of a checkpoint, which says by itself which one is current.</summary>
    internal void Restore(VersionEntry version) => Versions = [.. Versions, version];

    internal void Remove(VersionEntry version) => Versions = [.. Versions.Where(kept => kept != version)];

    internal SecretProperties PropertiesOf(VersionEntry version) => version.Body.ToProperties(Address, version.StateIn(this), DeletedOn);
}
