[assembly: Secrets.AzureKeyVaultUrlScheme]

namespace Secrets;

/// <summary>
/// Opens <c>azure-key-vault://VAULT?prefix=prod-</c>. The vault is a name in the public cloud, or a host of any cloud. Further parts have the names of
/// the settings of <see cref="AzureKeyVaultSecretsBuilderExtensions"/>. Credentials are never part of it.
/// </summary>
internal sealed class AzureKeyVaultUrlSchemeAttribute() : SecretStoreUrlSchemeAttribute("azure-key-vault")
{
    /// <inheritdoc/>
    public override string Example => "azure-key-vault://my-vault";

    /// <inheritdoc/>
    public override void Use(ISecretsBuilder builder, Uri url)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(url);
        SettingsReader settings = SettingsReader.Of(url);
        if (url.Host.Length == 0 || url.AbsolutePath.Trim('/').Length > 0)
            throw settings.Refused($"names a vault and nothing behind it; it looks like {Example}");
        builder.UseAzureKeyVault(options =>
        {
            AzureKeyVaultSecretsBuilderExtensions.Apply(settings, options);
            options.VaultUri = AzureKeyVaultSecretsBuilderExtensions.VaultUri(settings, url.Authority);
        });
    }
}
