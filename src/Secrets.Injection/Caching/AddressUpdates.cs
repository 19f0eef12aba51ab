namespace Secrets;

/// <summary>How an answer, a failure or an own write changes what is known of an address. Called under the entry's gate.</summary>
internal sealed class AddressUpdates(RefreshSchedule schedule, MonotonicClock clock, OfflineCopies? offline)
{
    /// <returns>What those who wait are told. What is kept may be something else: a failure is told and never kept.</returns>
    internal AddressState Answered(AddressEntry entry, ReadTicket ticket, SecretReadResult result)
    {
        if (result.Status == SecretReadStatus.NotModified && ticket.Baseline is { } baseline)
            result = SecretReadResult.Found(baseline) with { IsDegraded = result.IsDegraded, Error = result.Error };
        switch (result.Status)
        {
            case SecretReadStatus.Found when result.IsDegraded:
                Failed(entry, result.Error ?? Degraded());
                return new AddressState(SecretReadStatus.Found, result.Secret, null, ticket.AskedAt, TimeSpan.Zero) { IsDegraded = true };
            case SecretReadStatus.Found:
                return Found(entry, result.Secret!, ticket.AskedAt);
            case SecretReadStatus.NotFound or SecretReadStatus.Denied or SecretReadStatus.MissingOrDenied:
                return Gone(entry, result.Status, result.Error, ticket.AskedAt);
            default:
                SecretException error = result.Error ?? new SecretException(SecretErrorCode.Unknown, "The store failed without a cause.");
                Failed(entry, error);
                return new AddressState(SecretReadStatus.Failed, null, error, ticket.AskedAt, TimeSpan.Zero);
        }
    }

    internal void Written(AddressEntry entry, Secret secret) => Found(entry, secret, clock.Now);

    internal void Deleted(AddressEntry entry) => Gone(entry, SecretReadStatus.NotFound, null, clock.Now);

    internal static void Unknown(AddressEntry entry) => (entry.Known, entry.Previous) = (null, null);

    /// <summary>A value that the copy on disk gave while the store was away: old from the start, never the truth.</summary>
    internal static void Restored(AddressEntry entry, AddressState state)
    {
        lock (entry.Gate)
            entry.Known ??= state;
    }

    private AddressState Found(AddressEntry entry, Secret secret, long askedAt)
    {
        AddressState state = new(SecretReadStatus.Found, secret, null, askedAt, schedule.FreshnessOf(secret.Properties, clock.UtcNow));
        if (entry.Known is { IsFound: true, Secret: { } before } && before.Version != secret.Version && schedule.RotationGrace > TimeSpan.Zero)
        {
            entry.Previous = before;
            entry.PreviousUntil = clock.Now + schedule.RotationGrace.Ticks;
        }

        bool isNews = entry.Known is not { OfflineUntil: null, Secret: { } known } || known.Version != secret.Version;
        entry.Known = state;
        entry.Failure = null;
        offline?.Keep(entry.Key, secret, isNews);
        return state;
    }

    private AddressState Gone(AddressEntry entry, SecretReadStatus status, SecretException? error, long askedAt)
    {
        bool hadValue = entry.Known is not { IsFound: false };
        AddressState state = new(status, null, error, askedAt, schedule.NegativeFreshness);
        entry.Known = state;
        entry.Failure = null;
        entry.Previous = null;
        if (hadValue) offline?.Purge(entry.Key);
        return state;
    }

    private void Failed(AddressEntry entry, SecretException error)
    {
        long now = clock.Now;
        int count = (entry.Failure?.Count ?? 0) + 1;
        long wait = schedule.BackoffAfter(count).Ticks;
        long hold = error.RetryAfter is { } asked && asked > TimeSpan.Zero ? asked.Ticks : 0;
        entry.Failure = new AddressFailure(count, entry.Failure?.Since ?? now, now + Math.Max(wait, hold), hold > 0 ? now + hold : 0, error);
    }

    private static SecretException Degraded() => new(SecretErrorCode.Unavailable, "Another store answered in its place.") { Reason = "degraded" };
}
