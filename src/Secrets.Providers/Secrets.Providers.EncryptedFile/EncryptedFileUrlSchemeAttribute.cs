using Secrets;

[assembly: EncryptedFileUrlScheme]

namespace Secrets;

/// <summary>Opens <c>encrypted-file:</c> URLs: <c>Secrets:Store</c> in settings, <c>--store</c> on the command line.</summary>
internal sealed class EncryptedFileUrlSchemeAttribute() : SecretStoreUrlSchemeAttribute(EncryptedFileOptions.UrlScheme)
{
    /// <inheritdoc/>
    public override string Example => $"{EncryptedFileOptions.UrlScheme}:///path/to/app.secrets";

    /// <inheritdoc/>
    public override void Use(ISecretsBuilder builder, Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        builder.UseEncryptedFile(url.OriginalString);
    }
}
