namespace Secrets;

/// <summary>What a host does with the references in its configuration. These settings count for <c>IHostApplicationBuilder.AddSecrets</c>.</summary>
public static class SecretsHostBuilderExtensions
{
    extension(ISecretsBuilder builder)
    {
        /// <summary>
        /// How far the references in configuration are checked before anything starts. The environment variable
        /// <c>SECRETS_VALIDATION_LEVEL</c> goes before this, and this before the setting <c>Secrets:ValidationLevel</c>. Without any of them it is
        /// <see cref="SecretValidationLevel.SecretAndKeyExists"/>.
        /// </summary>
        /// <param name="level">How far.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder Validate(SecretValidationLevel level)
        {
            SecretHostOptions.Of(builder).ValidationLevel = level;
            return builder;
        }

        /// <summary>
        /// Which references count in configuration, and which encoders they may name. Default
        /// <see cref="SecretTemplateOptions.Configuration"/>: all syntaxes but <c>${NAME}</c>.
        /// </summary>
        /// <param name="options">Syntaxes and encoders; source and path are set for each key anyway.</param>
        /// <returns>This builder.</returns>
        public ISecretsBuilder WithConfigurationReferences(SecretTemplateOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            SecretHostOptions.Of(builder).Templates = options;
            return builder;
        }

        /// <summary>Adds the store that a URL names, as <c>Secrets:Store</c> does: <c>encrypted-file:///var/lib/app/app.secrets</c>.</summary>
        /// <param name="url">The URL. Its scheme must be one of a store package that the application references.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="SecretException">
        /// <see cref="SecretErrorCode.InvalidArgument"/>: not a URL, no referenced package knows its scheme (<c>store-url</c>), or the store refuses it.
        /// </exception>
        public ISecretsBuilder UseStoreUrl(string url)
        {
            StoreUrlSchemes.Use(builder, url);
            return builder;
        }
    }
}
