using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>When a value is asked for again: freshness, jitter and back-off, as pure arithmetic.</summary>
internal sealed class RefreshSchedule(SecretCacheOptions options, Random random, ILogger log)
{
    private const double FirstBackoffSeconds = 1;
    private const double LastBackoffSeconds = 128;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    internal TimeSpan NegativeFreshness => options.NegativeFreshness;

    internal TimeSpan MaxStale => options.MaxStale;

    internal TimeSpan RotationGrace => options.RotationGrace;

    internal TimeSpan DefaultFreshness => options.Freshness;

    /// <summary>The secret's own freshness, and never past its expiry; an expired one is looked at again soon, for it may have been renewed.</summary>
    internal TimeSpan FreshnessOf(SecretProperties properties, DateTimeOffset now)
    {
        TimeSpan freshness = FromHost(properties) ?? FromTag(properties) ?? options.Freshness;
        if (freshness > Longest) freshness = Longest;
        if (properties.ExpiresOn is not { } expiry) return freshness;
        TimeSpan left = expiry - now;
        if (left <= TimeSpan.Zero) return options.NegativeFreshness;
        return left < freshness ? left : freshness;
    }

    /// <summary>A uniformly random point in 50 to 100 % of the freshness: hosts that started together drift apart at once.</summary>
    internal TimeSpan RefreshAfter(TimeSpan freshness) => freshness * (0.5 + (0.5 * NextDouble()));

    /// <summary>Full jitter: anything from nothing to the doubled bound, so that those who failed together do not come back together.</summary>
    internal TimeSpan BackoffAfter(int failures) =>
        TimeSpan.FromSeconds(NextDouble() * Math.Min(LastBackoffSeconds, FirstBackoffSeconds * Math.Pow(2, Math.Min(failures - 1, 16))));

    private TimeSpan? FromHost(SecretProperties properties)
    {
        try
        {
            return options.FreshnessOf?.Invoke(properties) is { } freshness && freshness > TimeSpan.Zero ? freshness : null;
        }
        catch (Exception error)
        {
            // It runs where an answer arrives that many may wait for: a fault in it must not lose the answer.
            ClientLog.FreshnessFailed(log, error.GetType().Name);
            return null;
        }
    }

    private static TimeSpan? FromTag(SecretProperties properties) =>
        properties.Tags.TryGetValue(SecretCacheOptions.FreshnessTag, out string? text)
        && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan freshness)
        && freshness >= TimeSpan.FromSeconds(1)
            ? freshness
            : null;

    private double NextDouble()
    {
        // Random.Shared needs no lock; a seeded one that a test brings does.
        lock (random)
            return random.NextDouble();
    }
}
