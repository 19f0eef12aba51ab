namespace Secrets;

/// <summary>Answers one read: looks it up under the index's lock, opens it outside.</summary>
internal static class StoreReads
{
    internal static SecretReadResult Read(EncryptedLog log, in SecretRead read)
    {
        VersionEntry? unopened = null;
        while (true)
        {
            LogState state = log.State;
            try
            {
                if (TryRead(state, read, ref unopened) is { } result)
                    return result;
                // Another process may have shredded it after it was looked up; the commit that says so came before.
                log.CatchUpFully();
            }
            catch (ObjectDisposedException) when (log.State != state)
            {
                // The file was replaced while we read the old one; the new one has the answer.
            }
            catch (Exception failure) when (FileErrors.IsFileFailure(failure))
            {
                return SecretReadResult.From(FileErrors.From(failure, "Reading", state.Path, state.StoreName));
            }
        }
    }

    internal static SecretDescribeResult Describe(LogState state, SecretAddress address)
    {
        SecretEntry? entry;
        VersionEntry? current;
        lock (state.Index.Gate)
        {
            entry = state.Index.Live(address);
            current = entry?.Current;
            return current is null ? SecretDescribeResult.NotFound : SecretDescribeResult.Found(entry!.PropertiesOf(current));
        }
    }

    /// <returns>Null when the version that applies did not open, which is damage only if it still applies when all is read that was committed.</returns>
    private static SecretReadResult? TryRead(LogState state, in SecretRead read, ref VersionEntry? unopened)
    {
        VersionEntry? version;
        SecretVersionState versionState;
        lock (state.Index.Gate)
        {
            SecretEntry? entry = state.Index.Live(read.Address);
            version = read.Version is { } wanted ? entry?.Find(VersionNumber.Parse(wanted)) : entry?.Current;
            if (version is null)
                return SecretReadResult.NotFound;
            versionState = version.StateIn(entry!);
        }

        SecretVersion number = VersionNumber.Format(version.Version);
        if (versionState == SecretVersionState.Destroyed)
            return SecretReadResult.From(StoreErrors.NoSuchVersion(read.Address, number, state.StoreName, "destroyed"));
        if (read.UnlessVersion == number)
            return SecretReadResult.NotModified;
        if (version == unopened)
            return SecretReadResult.From(StoreErrors.TamperedValue(read.Address, number, state.StoreName));
        if (SealedPut.TryOpen(state, version) is { } values)
            return SecretReadResult.Found(new Secret(version.Body.ToProperties(read.Address, versionState, null), values));
        unopened = version;
        return null;
    }
}
