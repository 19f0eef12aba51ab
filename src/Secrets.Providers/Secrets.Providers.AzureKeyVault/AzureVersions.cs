using Azure.Security.KeyVault.Secrets;
using Native = Azure.Security.KeyVault.Secrets;

namespace Secrets;

/// <summary>Finds which native secret an address means, and its versions, without reading a value.</summary>
internal sealed class AzureVersions(SecretClient client, AzureNames names, string storeName)
{
    /// <summary>The native name, and its versions newest first; none if there is no such secret.</summary>
    public async Task<(string Native, List<Native.SecretProperties> Versions)> FindAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        string native = names.ToNative(address, storeName);
        List<Native.SecretProperties> versions = await AllAsync(native, cancellationToken).ConfigureAwait(false);
        if (versions.Count > 0 || names.Existing(address) is not { } existing)
            return (native, versions);
        List<Native.SecretProperties> theirs = await AllAsync(existing, cancellationToken).ConfigureAwait(false);
        // The vault finds a name in any case; what this library wrote under another case is another secret.
        return theirs.Count == 0 || theirs.Exists(AzureProperties.IsOurs) && !IsExactly(theirs[0], existing) ? (native, versions) : (existing, theirs);
    }

    /// <summary>Whether a secret that was found under a name of somebody else's is that one, and not one of ours in lower case.</summary>
    public static bool IsExactly(Native.SecretProperties found, string existing) =>
        !AzureProperties.IsOurs(found) || string.Equals(found.Name, existing, StringComparison.Ordinal);

    private async Task<List<Native.SecretProperties>> AllAsync(string native, CancellationToken cancellationToken)
    {
        List<Native.SecretProperties> versions = [];
        await foreach (Native.SecretProperties version in client.GetPropertiesOfSecretVersionsAsync(native, cancellationToken).ConfigureAwait(false))
            versions.Add(version);
        return AzureProperties.Ordered(versions);
    }
}
