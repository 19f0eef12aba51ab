using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Secrets;

/// <summary>
/// Degraded from the first refresh that fails for a secret in use; unhealthy once half of the time is over for which old values may be served:
/// while there is still time to act. Degraded also while a configuration key keeps an older value or has none.
/// </summary>
/// <param name="client">The client.</param>
/// <param name="configuration">What configuration uses of it; null where it uses nothing.</param>
internal sealed class SecretsHealthCheck(SecretsClient client, ConfigurationSecrets? configuration = null) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        CacheStatus now = client.Health.Now();
        Dictionary<string, object> data = new(StringComparer.Ordinal)
        {
            ["store"] = client.StoreName,
            ["values"] = now.Values,
            ["failing"] = now.FailingAddresses,
            ["stale"] = now.StaleValues,
            ["oldest_age_seconds"] = now.OldestAge.TotalSeconds,
        };
        string[] keys = configuration?.FailingKeys() ?? [];
        if (keys.Length > 0) data["configuration_keys"] = keys;
        if (now.FailingAddresses == 0 && keys.Length > 0)
            return Task.FromResult(HealthCheckResult.Degraded($"Configuration keys that keep an older value or have none: {string.Join(", ", keys)}.", null, data));
        if (now.FailingAddresses == 0) return Task.FromResult(HealthCheckResult.Healthy("Every secret in use is fresh.", data));
        string text = string.Create(CultureInfo.InvariantCulture,
            $"The store '{client.StoreName}' fails for {now.FailingAddresses} secrets in use ({now.LastError}); the stalest value is {now.LongestStale:c} past its freshness.");
        bool isLate = now.LongestStale >= client.Health.MaxStale / 2 && now.StaleValues > 0;
        HealthStatus status = isLate ? context.Registration.FailureStatus : HealthStatus.Degraded;
        return Task.FromResult(new HealthCheckResult(status, text, null, data));
    }
}
