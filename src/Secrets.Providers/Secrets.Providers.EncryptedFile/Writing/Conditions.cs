namespace Secrets;

internal static class Conditions
{
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Conflict"/>: the secret is not at the version expected, or not there.</exception>
    internal static void Check(SecretAddress address, SecretEntry? entry, SecretVersion? expected, string storeName)
    {
        if (expected is not { } version)
            return;
        SecretVersion? actual = entry is { CurrentVersion: > 0 } ? VersionNumber.Format(entry.CurrentVersion) : null;
        if (actual != version)
            throw StoreErrors.NotAtVersion(address, version, actual, storeName);
    }
}
