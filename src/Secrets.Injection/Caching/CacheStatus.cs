namespace Secrets;

/// <summary>How the cache stands at one moment.</summary>
/// <param name="Values">Values in memory.</param>
/// <param name="StaleValues">Of those in use, how many are past their freshness because the store fails.</param>
/// <param name="FailingAddresses">Of the addresses in use, for how many the store failed when it was asked last.</param>
/// <param name="OldestAge">The age of the oldest value in use.</param>
/// <param name="LongestStale">For how long the stalest value in use is past its freshness.</param>
/// <param name="SoonestExpiry">The soonest expiry among the values in use; null if none expires.</param>
/// <param name="LastError">The code of one of the last failures; null if there is none.</param>
internal sealed record CacheStatus(
    int Values, int StaleValues, int FailingAddresses, TimeSpan OldestAge, TimeSpan LongestStale, DateTimeOffset? SoonestExpiry, SecretErrorCode? LastError);
