namespace Secrets;

/// <summary>Which old versions go: by what this opener wants, else by what the store says.</summary>
/// <param name="maxVersions">What this opener wants; null for what the store says.</param>
/// <param name="maxAge">What this opener wants, <see cref="Timeout.InfiniteTimeSpan"/> for no limit; null for what the store says.</param>
internal sealed class VersionRetention(int? maxVersions, TimeSpan? maxAge)
{
    /// <summary>The versions to prune, oldest first. Never the current one: while a rotation overlaps, it is the one that still works.</summary>
    /// <param name="stored">What the store says; null if nothing.</param>
    /// <param name="secret">The secret; null if there is none yet.</param>
    /// <param name="now">The time to measure ages by.</param>
    /// <param name="coming">How many versions are about to be added.</param>
    internal IEnumerable<VersionEntry> Expired(EncryptedFileRetention? stored, SecretEntry? secret, DateTimeOffset now, int coming = 1)
    {
        if (secret is null)
            yield break;
        stored ??= EncryptedFileRetention.Default;
        TimeSpan? limit = maxAge ?? stored.MaxVersionAge;
        int excess = secret.Versions.Length + coming - (maxVersions ?? stored.MaxVersions);
        foreach (VersionEntry version in secret.Versions)
        {
            if (version.Version == secret.CurrentVersion)
                continue;
            bool isOld = limit is { } age && age != Timeout.InfiniteTimeSpan && now - version.Body.UpdatedOn > age;
            if (excess <= 0 && !isOld)
                continue;
            excess--;
            yield return version;
        }
    }

    /// <summary>What a store that is made with these wishes is to say; null for nothing.</summary>
    internal EncryptedFileRetention? ForNewStore() => maxVersions is null && maxAge is null
        ? null
        : new(maxVersions ?? EncryptedFileRetention.Default.MaxVersions, maxAge == Timeout.InfiniteTimeSpan ? null : maxAge);
}
