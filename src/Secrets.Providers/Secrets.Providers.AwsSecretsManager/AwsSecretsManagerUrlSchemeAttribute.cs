[assembly: Secrets.AwsSecretsManagerUrlScheme]

namespace Secrets;

/// <summary>
/// Opens <c>aws-secrets-manager://REGION?prefix=prod/&amp;profile=ci</c>. Without a region (<c>aws-secrets-manager:</c>) the SDK's chain decides. Further
/// parts have the names of the settings of <see cref="AwsSecretsManagerSecretsBuilderExtensions"/>. Credentials are never part of it.
/// </summary>
internal sealed class AwsSecretsManagerUrlSchemeAttribute() : SecretStoreUrlSchemeAttribute("aws-secrets-manager")
{
    /// <inheritdoc/>
    public override string Example => "aws-secrets-manager://eu-central-1?prefix=prod/";

    /// <inheritdoc/>
    public override void Use(ISecretsBuilder builder, Uri url)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(url);
        SettingsReader settings = SettingsReader.Of(url);
        if (url.AbsolutePath.Trim('/').Length > 0)
            throw settings.Refused($"has a path, which means nothing here; it looks like {Example}");
        builder.UseAwsSecretsManager(options =>
        {
            AwsSecretsManagerSecretsBuilderExtensions.Apply(settings, options);
            if (url.Host.Length > 0)
                options.Region = url.Host;
        });
    }
}
