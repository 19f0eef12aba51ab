namespace Secrets;

/// <summary>What a store said of one address, and when it was asked. Immutable: swapped whole, so that no reader sees half of it.</summary>
internal sealed record AddressState(SecretReadStatus Status, Secret? Secret, SecretException? Error, long FetchedAt, TimeSpan Freshness)
{
    /// <value>A fallback answered: given to those who wait, never kept as what is known.</value>
    internal bool IsDegraded { get; init; }

    /// <value>It comes from the copy on disk, and may be served up to this moment, whatever its freshness; null for the store's own answer.</value>
    internal long? OfflineUntil { get; init; }

    internal bool IsFound => Status == SecretReadStatus.Found;

    internal long FreshUntil => FetchedAt + Freshness.Ticks;

    internal long StaleUntil(TimeSpan maxStale) => OfflineUntil ?? FreshUntil + maxStale.Ticks;
}
