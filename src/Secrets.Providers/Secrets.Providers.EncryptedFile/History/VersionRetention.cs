namespace Secrets;

/// <summary>Which old versions go when a new one comes.</summary>
internal sealed class VersionRetention(int maxVersions, TimeSpan? maxAge)
{
    /// <summary>The versions to prune, oldest first. Never the current one: while a rotation overlaps, it is the one that still works.</summary>
    internal IEnumerable<VersionEntry> Expired(SecretEntry? secret, DateTimeOffset now)
    {
        if (secret is null)
            yield break;
        int excess = secret.Versions.Length + 1 - maxVersions;
        foreach (VersionEntry version in secret.Versions)
        {
            if (version.Version == secret.CurrentVersion)
                continue;
            bool isOld = maxAge is { } age && version.Body.UpdatedOn < now - age;
            if (excess <= 0 && !isOld)
                continue;
            excess--;
            yield return version;
        }
    }
}
