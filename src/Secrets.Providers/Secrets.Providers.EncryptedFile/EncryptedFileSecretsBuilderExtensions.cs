namespace Secrets;

/// <summary>Adds an encrypted file store to a client.</summary>
public static class EncryptedFileSecretsBuilderExtensions
{
    /// <summary>Adds the store in a file. It is opened when it is first asked for, and again after an attempt that failed: at the next call, or after a
    /// wrong key or damage when a while has passed, a second at first and a minute at most.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="path">The file, or its URL (<c>encrypted-file:///path</c>).</param>
    /// <param name="configure">What opens it, and how it behaves; null for the defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: not a path or such a URL.</exception>
    public static ISecretsBuilder UseEncryptedFile(this ISecretsBuilder builder, string path, Action<EncryptedFileOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        EncryptedFileOptions options = new(path);
        configure?.Invoke(options);
        options.Check();
        return builder.UseStore(_ => new DeferredEncryptedFileStore(options));
    }
}
