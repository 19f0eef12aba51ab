namespace Secrets;

/// <summary>Looks over the cache for health checks and gauges. A walk over all entries: made when somebody asks, not on the read path.</summary>
internal sealed class CacheHealth(AddressCache addresses, MonotonicClock clock, TimeSpan maxStale)
{
    internal TimeSpan MaxStale { get; } = maxStale;

    internal CacheStatus Now()
    {
        long now = clock.Now;
        int values = 0, stale = 0, failing = 0;
        long oldest = 0, longestStale = 0;
        DateTimeOffset? soonest = null;
        SecretErrorCode? lastError = null;
        foreach (AddressEntry entry in addresses.Entries)
        {
            AddressState? known = entry.Known;
            if (known is { IsFound: true }) values++;
            if (entry.Dependents.Length == 0) continue;
            if (entry.Failure is { } failure)
            {
                failing++;
                lastError = failure.Error.Code;
            }

            if (known is not { IsFound: true }) continue;
            oldest = Math.Max(oldest, now - known.FetchedAt);
            if (now > known.FreshUntil && entry.Failure is not null)
            {
                stale++;
                longestStale = Math.Max(longestStale, now - known.FreshUntil);
            }

            if (known.Secret!.Properties.ExpiresOn is { } expiry && (soonest is null || expiry < soonest)) soonest = expiry;
        }

        return new CacheStatus(values, stale, failing, TimeSpan.FromTicks(oldest), TimeSpan.FromTicks(longestStale), soonest, lastError);
    }
}
