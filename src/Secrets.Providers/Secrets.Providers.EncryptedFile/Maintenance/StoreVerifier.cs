using System.Security.Cryptography;

namespace Secrets;

/// <summary>Opens every value of a freshly read log, and checks that each version names the one before it.</summary>
internal static class StoreVerifier
{
    internal static EncryptedFileVerification Verify(LogState state, CancellationToken cancellationToken)
    {
        List<(SecretEntry Entry, VersionEntry Version)> unopened = [];
        int versions = 0;
        foreach (SecretEntry entry in state.Index.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            VersionEntry? previous = null;
            foreach (VersionEntry version in entry.Versions.Where(version => !version.IsDestroyed))
            {
                versions++;
                if (SealedPut.TryOpen(state, version) is null || !Follows(state, version, previous))
                    unopened.Add((entry, version));
                previous = version;
            }
        }

        if (unopened.Count == 0)
            return new EncryptedFileVerification(versions, []);
        HashSet<VersionEntry> alive = ReadOn(state);
        return new EncryptedFileVerification(versions, [.. unopened.Where(found => alive.Contains(found.Version)).Select(found => Fault(state, found.Entry, found.Version))]);
    }

    // Others go on writing meanwhile: what they shredded does not open, and the commit that says so stands behind what was read.
    private static HashSet<VersionEntry> ReadOn(LogState state)
    {
        using ChainHasher hasher = new(state.Keys.Mac);
        new LogReader(state, hasher).ReadTo(state.File.GetLength());
        return [.. state.Index.All.SelectMany(entry => entry.Versions).Where(version => !version.IsDestroyed)];
    }

    private static SecretException Fault(LogState state, SecretEntry entry, VersionEntry version) =>
        StoreErrors.TamperedValue(entry.Address, VersionNumber.Format(version.Version), state.StoreName);

    // Only neighbours can be compared: the version in between may have been pruned or destroyed since.
    private static bool Follows(LogState state, VersionEntry version, VersionEntry? previous)
    {
        if (previous is null || previous.Version + 1 != version.Version)
            return true;
        Span<byte> named = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        state.File.Read(named, version.BlobPosition);
        SealedPut.HashOf(state, previous, actual);
        return CryptographicOperations.FixedTimeEquals(named, actual);
    }
}
