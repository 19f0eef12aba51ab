using Microsoft.Extensions.Diagnostics.HealthChecks;
using Secrets;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Reports the client's state to the host's health checks.</summary>
public static class SecretsHealthChecksBuilderExtensions
{
    extension(IHealthChecksBuilder builder)
    {
        /// <summary>
        /// Adds a check: degraded from the first refresh that fails for a secret in use, unhealthy once half of
        /// <see cref="SecretCacheOptions.MaxStale"/> is over; degraded also while a configuration key keeps an older value or has none. It makes
        /// no call of its own.
        /// </summary>
        /// <param name="clientName">The client's name; null for the default client.</param>
        /// <param name="name">The check's name; null for <c>secrets</c>.</param>
        /// <param name="tags">The check's tags; null for none.</param>
        /// <returns>The builder.</returns>
        public IHealthChecksBuilder AddSecrets(string? clientName = null, string? name = null, IEnumerable<string>? tags = null)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.Add(new HealthCheckRegistration(
                name ?? "secrets",
                services => clientName is null
                    ? new SecretsHealthCheck(services.GetRequiredService<SecretsClient>(), services.GetService<SecretsHost>()?.Secrets)
                    : new SecretsHealthCheck(services.GetRequiredKeyedService<SecretsClient>(clientName)),
                failureStatus: null,
                tags));
        }
    }
}
