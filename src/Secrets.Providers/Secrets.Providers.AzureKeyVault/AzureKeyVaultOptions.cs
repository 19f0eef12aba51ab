using Azure.Core;
using Azure.Security.KeyVault.Secrets;

namespace Secrets;

/// <summary>Which Azure Key Vault, as whom, and how.</summary>
/// <remarks>Read once, when the store is made. Not safe to change from several threads.</remarks>
public sealed class AzureKeyVaultOptions
{
    /// <value>The store's name in errors, spans and metrics. Default null: <c>azure-key-vault:VAULT</c>, with the prefix if there is one.</value>
    public string? Name { get; set; }

    /// <value>The vault, as in <c>https://my-vault.vault.azure.net/</c>. Needed, unless <see cref="Client"/> is given. Default null.</value>
    public Uri? VaultUri { get; set; }

    /// <value>A ready client; the store then ignores vault, credential and client settings. Default null.</value>
    public SecretClient? Client { get; set; }

    /// <value>
    /// A ready credential. Default null: <c>DefaultAzureCredential</c> of Azure.Identity (environment, workload identity, managed identity, developer
    /// tools).
    /// </value>
    public TokenCredential? Credential { get; set; }

    /// <value>The tenant for the default credential. Default null: the credential's own.</value>
    public string? TenantId { get; set; }

    /// <value>The client id of a user-assigned managed identity for the default credential. Default null: the system-assigned one.</value>
    public string? ManagedIdentityClientId { get; set; }

    /// <value>What every native name begins with, as in <c>prod-</c>; only of <c>a-z 0-9 -</c>. Secrets outside it do not exist for this store. Default empty.</value>
    public string Prefix { get; set; } = "";

    /// <value>How many calls to have under way at once, 1 to 64. Default 8.</value>
    public int MaxConcurrency { get; set; } = 8;

    /// <value>Changes the SDK client's settings (retries, transport, diagnostics). The SDK's retries are the only ones. Default null.</value>
    public Action<SecretClientOptions>? ConfigureClient { get; set; }

    /// <value>The clock that dates what is written. Default the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
