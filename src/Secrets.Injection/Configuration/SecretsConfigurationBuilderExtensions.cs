using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Secrets;

namespace Microsoft.Extensions.Configuration;

/// <summary>Resolves references in a configuration without a host. A host has <c>AddSecrets</c>.</summary>
public static class SecretsConfigurationBuilderExtensions
{
    extension(IConfigurationBuilder builder)
    {
        /// <summary>Builds the configuration with the references in it resolved, whichever of its sources they are in.</summary>
        /// <param name="client">Where the secrets come from. The caller disposes it, after the configuration.</param>
        /// <param name="options">What counts as a reference; null for <see cref="SecretTemplateOptions.Configuration"/>.</param>
        /// <param name="loggers">Where failed renewals are logged; null for nowhere.</param>
        /// <returns>The configuration, live: a rotation reaches its reload token. Dispose it to stop following the secrets.</returns>
        /// <remarks>
        /// Secrets are fetched at the first read of a key that needs one. Reading a key whose references do not resolve throws a
        /// <see cref="SecretException"/>.
        /// </remarks>
        public IConfigurationRoot BuildWithSecrets(ISecretsClient client, SecretTemplateOptions? options = null, ILoggerFactory? loggers = null)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentNullException.ThrowIfNull(client);
            ConfigurationSecrets secrets = new(Always(client), (loggers ?? NullLoggerFactory.Instance).CreateLogger(HostLog.Category));
            List<IConfigurationProvider> providers = [.. builder.Sources.Select(source => source is StandaloneSecretValuesSource only ? only.Build(client, secrets) : source.Build(builder))];
            ReferenceOverlay overlay = new(() => providers, secrets, () => options ?? SecretTemplateOptions.Configuration);
            providers.Add(new ReferenceOverlayProvider(overlay, whenDisposed: secrets.Dispose));
            return new ConfigurationRoot(providers);
        }

        /// <summary>Adds a secret as a plain source: each of its keys is a key of configuration, where the order of sources puts it.</summary>
        /// <param name="client">Where the secret comes from. The caller disposes it, after the configuration.</param>
        /// <param name="name">The secret's name.</param>
        /// <param name="section">The section that its keys go to; null for one of the secret's own name.</param>
        /// <param name="optional">Whether the secret may be missing. Default false: reading the section then throws.</param>
        /// <returns>This builder.</returns>
        /// <remarks>
        /// The secret is fetched when its section is first read, and followed from then on. Values are data: no reference is looked for in
        /// them. A value that is not text is given as base64, which the binder turns into bytes again.
        /// </remarks>
        public IConfigurationBuilder AddSecretValues(ISecretsClient client, string name, string? section = null, bool optional = false)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentNullException.ThrowIfNull(client);
            ArgumentException.ThrowIfNullOrEmpty(name);
            return builder.Add(new StandaloneSecretValuesSource(client, new SecretLookup(name), section ?? name, optional));
        }
    }

    // Not a lambda in the method above: it would share its closure with the list of providers, and so hold the configuration for as long as a
    // piece of background work holds the secrets.
    private static Func<ISecretsClient> Always(ISecretsClient client) => () => client;
}
