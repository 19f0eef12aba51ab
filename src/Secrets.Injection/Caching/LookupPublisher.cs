namespace Secrets;

/// <summary>
/// Puts a lookup's answer where warm reads find it, takes it away when it may no longer be served, tells followers afterwards, and sets the
/// next look.
/// </summary>
internal sealed class LookupPublisher(ClientCore core, LookupAnswers answers, RefreshSchedule schedule, MonotonicClock clock, DueQueue due)
{
    /// <param name="entry">The lookup.</param>
    /// <param name="immediately">
    /// False to leave it to the last of the calls under way, so that a change over two addresses shows as one. True for own writes and time-outs.
    /// </param>
    internal void Publish(LookupEntry entry, bool immediately)
    {
        lock (entry.Gate)
        {
            if (entry.IsEvicted || (!immediately && entry.Candidates.Any(candidate => candidate.IsInFlight))) return;
            long now = clock.Now;
            Standing standing = StandingOf(entry, now);
            entry.FreshUntil = standing.FreshUntil;
            entry.ServeUntil = standing.ServeUntil;
            // Scheduled before it shows: warm readers look without the gate, and what they see has its next look.
            due.Schedule(entry, NextLook(entry, standing, now));
            entry.Current = standing.IsServed ? standing.Winner : null;
            Tell(entry, standing);
        }
    }

    private Standing StandingOf(LookupEntry entry, long now)
    {
        long oldest = now;
        long newest = long.MinValue;
        AddressFailure? failure = null;
        foreach (AddressEntry candidate in entry.Candidates)
        {
            if (candidate.Failure is { } failing && (failure is null || failing.NextTryAt < failure.NextTryAt)) failure = failing;
            if (candidate.Known is not { } known) return new Standing(false, null, false, now, now, failure);
            oldest = Math.Min(oldest, known.FetchedAt);
            newest = Math.Max(newest, known.FetchedAt);
            if (known.IsFound) return Found(entry, candidate, known, oldest, failure, now);
            bool passes = known.Status == SecretReadStatus.NotFound || core.Options.SkipDeniedCandidates;
            if (!passes) return new Standing(false, null, false, now, now, failure);
        }

        // "There is none" takes answers of about one moment: a shadowed candidate may have come since it was last asked for. And while the store
        // fails, it is no news at all.
        bool isOfOneMoment = newest - oldest <= Math.Max(TimeSpan.TicksPerSecond, schedule.NegativeFreshness.Ticks);
        return new Standing(isOfOneMoment && failure is null, null, false, now, now, failure) { IsIncoherent = !isOfOneMoment && failure is null };
    }

    private Standing Found(LookupEntry entry, AddressEntry candidate, AddressState known, long oldest, AddressFailure? failure, long now)
    {
        long freshUntil = Math.Min(oldest + known.Freshness.Ticks, known.FreshUntil);
        long serveUntil = failure is null ? freshUntil : Math.Min(freshUntil + schedule.MaxStale.Ticks, known.StaleUntil(schedule.MaxStale));
        if (known.OfflineUntil is { } offline && failure is not null) serveUntil = offline;
        if (core.Options.ExpiredSecrets == ExpiredSecrets.Refuse && known.Secret!.Properties.ExpiresOn is { } expiry)
            serveUntil = Math.Min(serveUntil, now + (expiry - clock.UtcNow).Ticks);
        bool isServed = now < serveUntil && answers.Refusal("read", entry.View.View, candidate.Key.Address, known.Secret!.Properties) is null;
        return new Standing(true, known.Secret, isServed, freshUntil, serveUntil, failure) { RefreshAt = oldest + schedule.RefreshAfter(known.Freshness).Ticks };
    }

    private static void Tell(LookupEntry entry, Standing standing)
    {
        if (entry.Followers.Length == 0) return;
        bool isKnown = standing.IsDetermined && (standing.Winner is null || standing.IsServed);
        if (!isKnown) return;
        Secret? before = entry.Announced;
        bool isChange = entry.IsAnnounced && !IsSame(before, standing.Winner);
        entry.IsAnnounced = true;
        entry.Announced = standing.Winner;
        if (!isChange) return;
        SecretChange change = new(entry.Lookup, standing.Winner, before);
        foreach (ChangeSubscription follower in entry.Followers)
            follower.Publish(change);
    }

    private long NextLook(LookupEntry entry, Standing standing, long now)
    {
        if (standing.IsServed)
            return Math.Max(now + 1, Math.Min(standing.ServeUntil, standing.Failure?.NextTryAt ?? standing.RefreshAt));
        if (standing.IsIncoherent && (entry.Followers.Length > 0 || entry.IsTouched)) return now + 1;
        if (entry.Followers.Length > 0)
            return Math.Max(now + 1, standing.Failure?.NextTryAt ?? now + schedule.RefreshAfter(schedule.DefaultFreshness).Ticks);
        // Nothing to serve and nobody who follows: kept a moment for the callers that are on their way, then forgotten.
        return now + Math.Max(TimeSpan.TicksPerSecond, schedule.NegativeFreshness.Ticks);
    }

    private static bool IsSame(Secret? one, Secret? other) =>
        ReferenceEquals(one, other)
        || (one is not null && other is not null && one.Version == other.Version && one.Properties.Address == other.Properties.Address);

    private readonly record struct Standing(bool IsDetermined, Secret? Winner, bool IsServed, long FreshUntil, long ServeUntil, AddressFailure? Failure)
    {
        internal long RefreshAt { get; init; }

        internal bool IsIncoherent { get; init; }
    }
}
