[assembly: Secrets.GoogleSecretManagerUrlScheme]

namespace Secrets;

/// <summary>
/// Opens <c>google-secret-manager://PROJECT?location=europe-west3</c>. Further parts have the names of the settings of
/// <see cref="GoogleSecretManagerSecretsBuilderExtensions"/>. Credentials are never part of it.
/// </summary>
internal sealed class GoogleSecretManagerUrlSchemeAttribute() : SecretStoreUrlSchemeAttribute("google-secret-manager")
{
    /// <inheritdoc/>
    public override string Example => "google-secret-manager://my-project";

    /// <inheritdoc/>
    public override void Use(ISecretsBuilder builder, Uri url)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(url);
        SettingsReader settings = SettingsReader.Of(url);
        if (url.Host.Length == 0 || url.AbsolutePath.Trim('/').Length > 0)
            throw settings.Refused($"names a project and nothing behind it; it looks like {Example}");
        builder.UseGoogleSecretManager(options =>
        {
            GoogleSecretManagerSecretsBuilderExtensions.Apply(settings, options);
            options.Project = url.Host;
        });
    }
}
