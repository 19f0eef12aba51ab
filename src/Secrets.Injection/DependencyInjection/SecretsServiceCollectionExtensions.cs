using Secrets;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the client to a host's services.</summary>
public static class SecretsServiceCollectionExtensions
{
    extension(IServiceCollection services)
    {
        /// <summary>
        /// Adds the default client: <see cref="ISecretsClient"/> and <see cref="SecretsClient"/>, one for the host, disposed with it. Called
        /// again, it adds to what is there.
        /// </summary>
        /// <param name="configure">Names the store, and whatever else is not to be as by default.</param>
        /// <returns>The services.</returns>
        public IServiceCollection AddSecrets(Action<ISecretsBuilder> configure) => services.AddSecrets(null, configure);

        /// <summary>
        /// Adds a client under a name: keyed <see cref="ISecretsClient"/> and <see cref="SecretsClient"/>. Called again with the same name, it
        /// adds to what is there.
        /// </summary>
        /// <param name="clientName">The name, and the services' key; null for the default client.</param>
        /// <param name="configure">Names the store, and whatever else is not to be as by default.</param>
        /// <returns>The services.</returns>
        public IServiceCollection AddSecrets(string? clientName, Action<ISecretsBuilder> configure)
        {
            ArgumentNullException.ThrowIfNull(services);
            ArgumentNullException.ThrowIfNull(configure);
            (SecretsBuilder builder, bool isNew) = SecretsBuilder.GetOrAdd(services, clientName);
            configure(builder);
            if (!isNew) return services;
            if (clientName is null)
            {
                services.AddSingleton(host => builder.GetOrBuild(host));
                services.AddSingleton(host => SecretsPrincipalExtensions.ForHost(builder, host.GetRequiredService<SecretsClient>(), host));
            }
            else
            {
                services.AddKeyedSingleton(clientName, (host, _) => builder.GetOrBuild(host));
                services.AddKeyedSingleton(clientName, (host, key) => SecretsPrincipalExtensions.ForHost(builder, host.GetRequiredKeyedService<SecretsClient>(key), host));
            }

            return services;
        }
    }
}
