using Microsoft.Extensions.DependencyInjection;
using Secrets;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds secrets to a host: the client, and references in configuration.</summary>
public static class SecretsHostApplicationBuilderExtensions
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds the client, resolves the references anywhere in the host's configuration, checks them before anything starts, and keeps them
        /// live. Client and configuration share one client. Called again, it adds to what is there.
        /// </summary>
        /// <param name="configure">
        /// Names the store and whatever else is not to be as by default. What it leaves out comes from the section <c>Secrets</c> of the
        /// configuration: <c>Store</c> (a URL), <c>Scopes:Project</c>, <c>Scopes:Cluster</c>, <c>ValidationLevel</c>. Null for the section alone.
        /// </param>
        /// <returns>This builder.</returns>
        /// <remarks>
        /// Nothing is opened or fetched by this call. The store is opened when the first value is read, or when the host starts; until then
        /// sources may be added in any order. Reading a key whose references do not resolve throws a <see cref="SecretException"/>, and starting
        /// the host throws a <see cref="SecretValidationException"/> that names every missing reference with the key that holds it.
        /// </remarks>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/>: the host's configuration is of a foreign kind.</exception>
        public IHostApplicationBuilder AddSecrets(Action<ISecretsBuilder>? configure = null)
        {
            ArgumentNullException.ThrowIfNull(builder);
            builder.Services.AddSecrets(secrets => configure?.Invoke(secrets));
            if (builder.Properties.ContainsKey(typeof(SecretsHost))) return builder;

            (SecretsBuilder secretsBuilder, _) = SecretsBuilder.GetOrAdd(builder.Services);
            SecretsHost host = new(secretsBuilder, builder.Configuration);
            builder.Properties[typeof(SecretsHost)] = host;
            // By factory, so that the host's container disposes it.
            builder.Services.AddSingleton(_ => host);
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, SecretsStartup>());
            return builder;
        }

        /// <summary>
        /// Adds a secret as a plain configuration source: each of its keys is a key of configuration, where the order of sources puts it. Comes
        /// after <c>AddSecrets</c>, whose client it shares.
        /// </summary>
        /// <param name="name">The secret's name.</param>
        /// <param name="section">The section that its keys go to; null for one of the secret's own name.</param>
        /// <param name="optional">Whether the secret may be missing. Default false: the host then does not start.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="InvalidOperationException"><c>AddSecrets</c> was not called before.</exception>
        public IHostApplicationBuilder AddSecretValues(string name, string? section = null, bool optional = false)
        {
            ArgumentNullException.ThrowIfNull(builder);
            ArgumentException.ThrowIfNullOrEmpty(name);
            if (!builder.Properties.TryGetValue(typeof(SecretsHost), out object? known) || known is not SecretsHost host)
                throw new InvalidOperationException("Call builder.AddSecrets(...) before builder.AddSecretValues(...): the secret comes from its client.");
            builder.Configuration.Sources.Add(new SecretValuesSource(() => host.Secrets, new SecretLookup(name), section ?? name, optional));
            return builder;
        }
    }
}
