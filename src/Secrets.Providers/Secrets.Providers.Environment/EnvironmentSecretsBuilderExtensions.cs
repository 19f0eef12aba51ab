namespace Secrets;

/// <summary>Adds the stores of this package.</summary>
public static class EnvironmentSecretsBuilderExtensions
{
    /// <summary>Adds environment variables as a read-only store.</summary>
    /// <param name="builder">The client being built.</param>
    /// <param name="configure">Sets options; null for all variables of this process.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseEnvironment(this ISecretsBuilder builder, Action<EnvironmentSecretStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        EnvironmentSecretStoreOptions options = new();
        configure?.Invoke(options);
        return builder.UseStore(_ => new EnvironmentSecretStore(options));
    }

    /// <summary>Adds a directory of mounted files as a read-only store.</summary>
    /// <param name="builder">The client being built.</param>
    /// <param name="directory">The directory, for example <c>/run/secrets</c>.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseKeyPerFile(this ISecretsBuilder builder, string directory, Action<KeyPerFileSecretStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        KeyPerFileSecretStoreOptions options = new();
        configure?.Invoke(options);
        return builder.UseStore(_ => new KeyPerFileSecretStore(directory, options));
    }
}
