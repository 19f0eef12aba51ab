using System.Security.Cryptography;

namespace Secrets;

/// <summary>Opens every value of a freshly read log, and checks that each version names the one before it.</summary>
internal static class StoreVerifier
{
    internal static EncryptedFileVerification Verify(LogState state, CancellationToken cancellationToken)
    {
        List<SecretException> faults = [];
        int versions = 0;
        foreach (SecretEntry entry in state.Index.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            VersionEntry? previous = null;
            foreach (VersionEntry version in entry.Versions.Where(version => !version.IsDestroyed))
            {
                versions++;
                if (SealedPut.TryOpen(state, version) is null || !Follows(state, version, previous))
                    faults.Add(StoreErrors.TamperedValue(entry.Address, VersionNumber.Format(version.Version), state.StoreName));
                previous = version;
            }
        }

        return new EncryptedFileVerification(versions, faults);
    }

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
