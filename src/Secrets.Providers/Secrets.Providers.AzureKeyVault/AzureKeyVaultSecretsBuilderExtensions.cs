using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;

namespace Secrets;

/// <summary>Adds Azure Key Vault to a client.</summary>
public static class AzureKeyVaultSecretsBuilderExtensions
{
    /// <summary>Adds the store.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Which vault, as whom.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseAzureKeyVault(this ISecretsBuilder builder, Action<AzureKeyVaultOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        AzureKeyVaultOptions options = new();
        configure(options);
        return builder.UseStore(_ => new AzureKeyVaultSecretStore(options));
    }

    /// <summary>Adds the store of a vault.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="vaultUri">The vault, as in <c>https://my-vault.vault.azure.net/</c>.</param>
    /// <param name="credential">As whom; null for <c>DefaultAzureCredential</c>.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseAzureKeyVault(this ISecretsBuilder builder, Uri vaultUri, TokenCredential? credential = null) =>
        builder.UseAzureKeyVault(options =>
        {
            options.VaultUri = vaultUri;
            options.Credential = credential;
        });

    /// <summary>Adds the store with a ready client.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="client">The vendor's client.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseAzureKeyVault(this ISecretsBuilder builder, SecretClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return builder.UseAzureKeyVault(options => options.Client = client);
    }

    /// <summary>
    /// Adds the store from settings: <c>Name</c>, <c>Vault</c> (a vault's name, its host or its address), <c>TenantId</c>, <c>ManagedIdentityClientId</c>,
    /// <c>Prefix</c>, <c>MaxConcurrency</c>.
    /// </summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="section">The section that holds them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a setting that is unknown or not of its kind.</exception>
    public static ISecretsBuilder UseAzureKeyVault(this ISecretsBuilder builder, IConfiguration section)
    {
        SettingsReader settings = SettingsReader.Of(section);
        return builder.UseAzureKeyVault(options => Apply(settings, options));
    }

    internal static void Apply(SettingsReader settings, AzureKeyVaultOptions options)
    {
        options.Name = settings.Text("Name") ?? options.Name;
        options.VaultUri = settings.Text("Vault") is { } vault ? VaultUri(settings, vault) : options.VaultUri;
        options.TenantId = settings.Text("TenantId") ?? options.TenantId;
        options.ManagedIdentityClientId = settings.Text("ManagedIdentityClientId") ?? options.ManagedIdentityClientId;
        options.Prefix = settings.Text("Prefix") ?? options.Prefix;
        options.MaxConcurrency = settings.Number("MaxConcurrency") ?? options.MaxConcurrency;
        settings.NothingElse();
    }

    /// <summary>A name is a vault of the public cloud; a host names the cloud, too.</summary>
    internal static Uri VaultUri(SettingsReader settings, string vault)
    {
        string text = vault.Contains("://", StringComparison.Ordinal) ? vault : vault.Contains('.', StringComparison.Ordinal) ? $"https://{vault}/" : $"https://{vault}.vault.azure.net/";
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url is { Scheme: "https", Host.Length: > 0 } ? url : throw settings.Refused($"needs a vault's name or https address as 'Vault'");
    }
}
