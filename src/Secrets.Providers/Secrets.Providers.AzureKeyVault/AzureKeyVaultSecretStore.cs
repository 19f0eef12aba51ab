using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

namespace Secrets;

/// <summary>Azure Key Vault as a store. Secrets that exist already are read under their own names.</summary>
/// <remarks>
/// <para>Authentication: any <c>TokenCredential</c>; without one, <c>DefaultAzureCredential</c>.</para>
/// <para>Name mapping: a public team secret has its own name; others begin with their scope (<c>project--churn--db</c>), private ones go on with
/// their owner. Other characters are escaped as <c>--xHH</c>, capitals too, because the vault does not tell cases apart; a secret that somebody
/// else made is found under its name as it is.</para>
/// <para>Versions: the vault's; the newest is current. All properties are kept with each version.</para>
/// <para>Limits: 25,600 bytes for a secret's JSON or single value, 127 characters for a native name, 15 tags. No conditional writes: of two
/// writers at once, the last one wins.</para>
/// <para>Consistency: reads see writes at once. A deletion or recovery is waited for until the vault has finished it.</para>
/// <para>Permissions: see <c>docs/providers/azure-key-vault.md</c>, and <see cref="AzureKeyVaultLeastPrivilege"/>. Safe to call from any thread.</para>
/// </remarks>
public sealed class AzureKeyVaultSecretStore : DelegatingSecretStore
{
    /// <summary>Makes the store. Nothing is called yet.</summary>
    /// <param name="options">Which vault, as whom.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: no vault (<c>no-vault</c>), or an option breaks its rule.</exception>
    public AzureKeyVaultSecretStore(AzureKeyVaultOptions options)
        : base(Open(options ?? throw new ArgumentNullException(nameof(options))))
    {
    }

    private static NativeSecretStore Open(AzureKeyVaultOptions options)
    {
        if (options.MaxConcurrency is < 1 or > 64)
            throw Refused("concurrency", "MaxConcurrency takes 1 to 64.");
        AzureNames names = new(options.Prefix);
        SecretClient client = options.Client ?? CreateClient(options);
        string vault = client.VaultUri.Host.Split('.')[0];
        string name = options.Name ?? $"azure-key-vault:{vault}{(options.Prefix.Length == 0 ? "" : "/" + options.Prefix.TrimEnd('-'))}";
        SecretStoreCapabilities capabilities = new(
            SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe | SecretStoreFeatures.Versions
            | SecretStoreFeatures.SoftDelete | SecretStoreFeatures.Binary)
        {
            MaxValueBytes = 25 * 1024,
            MaxConcurrency = options.MaxConcurrency,
            MaxNameLength = AzureNames.MaxLength - options.Prefix.Length,
        };
        AzureErrors errors = new(name);
        AzureVersions versions = new(client, names, name);
        // Nothing to end: the SDK's client shares its connections with the process.
        return new NativeSecretStore(
            name, capabilities, new AzureReads(client, names, versions, errors, new SideBySide(options.MaxConcurrency)), new AzureListings(client, names, versions, errors),
            new AzureWrites(client, names, versions, errors, options.TimeProvider, capabilities.MaxValueBytes), client: null);
    }

    private static SecretClient CreateClient(AzureKeyVaultOptions options)
    {
        if (options.VaultUri is not { IsAbsoluteUri: true, Scheme: "https" } vault)
            throw Refused("no-vault", "Set VaultUri to the vault's https address, as in https://my-vault.vault.azure.net/.");
        SecretClientOptions settings = new();
        options.ConfigureClient?.Invoke(settings);
        TokenCredential credential = options.Credential ?? new DefaultAzureCredential(new DefaultAzureCredentialOptions
        {
            TenantId = options.TenantId,
            ManagedIdentityClientId = options.ManagedIdentityClientId,
        });
        return new SecretClient(vault, credential, settings);
    }

    private static SecretException Refused(string reason, string message) =>
        new(SecretErrorCode.InvalidArgument, "Cannot use Azure Key Vault: " + message) { Reason = reason };
}
