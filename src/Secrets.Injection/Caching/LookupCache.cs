using System.Collections.Concurrent;

namespace Secrets;

/// <summary>
/// The answers of all views: served from memory while they may be, asked for ahead of time while somebody uses them, forgotten when nobody
/// does.
/// </summary>
internal sealed class LookupCache : IDisposable
{
    private static readonly TimeSpan RefusedRefreshInterval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<SecretsView, ViewSnapshot> _views = new();
    private readonly ClientCore _core;
    private readonly RefreshSchedule _schedule;
    private readonly MonotonicClock _clock;
    private readonly DueQueue _due;
    private readonly LookupPublisher _publisher;

    internal LookupCache(ClientCore core, LookupAnswers answers, RefreshSchedule schedule, MonotonicClock clock, StoreReads store, OfflineCopies? offline, CancellationToken lifetime)
    {
        _core = core;
        _schedule = schedule;
        _clock = clock;
        _due = new DueQueue(clock, OnDue);
        _publisher = new LookupPublisher(core, answers, schedule, clock, _due);
        Addresses = new AddressCache(store, new AddressUpdates(schedule, clock, offline), clock, OnSettled, lifetime);
    }

    internal AddressCache Addresses { get; }

    internal ViewSnapshot ViewOf(SecretsView view) => _views.GetOrAdd(view, static view => new ViewSnapshot(view));

    internal LookupEntry EntryOf(ViewSnapshot view, SecretLookup lookup)
    {
        LookupEntry entry = view.GetOrAdd(lookup, Prepare);
        // A view that was idle has been left out; a client that holds it brings it back.
        _views.TryAdd(view.View, view);
        return entry;
    }

    /// <summary>Which addresses a read has to ask for: those that are neither fresh, nor failing with a reason not to ask yet.</summary>
    internal void PlanRead(LookupEntry entry, bool force, HashSet<AddressEntry> toFetch)
    {
        long now = _clock.Now;
        TimeSpan negatives = entry.Candidates.FirstOrDefault(candidate => candidate.Known is { IsFound: true } known && now < known.FreshUntil)?.Known!.Freshness
            ?? _schedule.NegativeFreshness;
        foreach (AddressEntry candidate in entry.Candidates)
        {
            AddressState? known = candidate.Known;
            AddressFailure? failure = candidate.Failure;
            bool isFresh = known is not null && now < (known.IsFound ? known.FreshUntil : known.FetchedAt + negatives.Ticks);
            if (isFresh && !force)
            {
                if (known!.IsFound) return;
                continue;
            }

            // The store asked to be left alone, or fails and there is something to serve meanwhile.
            bool waits = failure is not null
                && (now < failure.HoldUntil || (!force && now < failure.NextTryAt && known is not null && now < known.StaleUntil(_schedule.MaxStale)));
            if (!waits) toFetch.Add(candidate);
            else if (known is { IsFound: true }) return;
        }
    }

    internal Task<AddressState>[] Fetch(AddressEntry[] entries, bool alone) => Addresses.Fetch(entries, alone);

    internal void Publish(LookupEntry entry) => _publisher.Publish(entry, immediately: true);

    /// <summary>Follows a lookup from what is known now; what is not known yet is asked for, and is no change when it comes.</summary>
    internal IDisposable Follow(ViewSnapshot view, SecretLookup lookup, Action<SecretChange> onChange)
    {
        while (true)
        {
            LookupEntry entry = EntryOf(view, lookup);
            ChangeSubscription subscription = new(onChange, _core.Log, ended => Unfollow(entry, ended));
            lock (entry.Gate)
            {
                if (entry.IsEvicted) continue;
                entry.Followers = [.. entry.Followers, subscription];
            }

            HashSet<AddressEntry> toFetch = [];
            PlanRead(entry, force: false, toFetch);
            _publisher.Publish(entry, immediately: true);
            if (toFetch.Count > 0) Fetch([.. toFetch], alone: true);
            return subscription;
        }
    }

    /// <summary>Whether a report of refusal may ask the store again now; once in five seconds per secret.</summary>
    /// <param name="address">The secret's.</param>
    /// <param name="underWay">A call under way already, which is the one to wait for instead; null if none.</param>
    internal bool TryBeginRefusedRefresh(SecretAddress address, out Task? underWay)
    {
        underWay = null;
        if (Addresses.Find(address) is not { } entry) return true;
        lock (entry.Gate)
        {
            underWay = entry.Flight?.Completion;
            long now = _clock.Now;
            if (underWay is not null || now < entry.RefusedRefreshAfter) return false;
            entry.RefusedRefreshAfter = now + RefusedRefreshInterval.Ticks;
            return true;
        }
    }

    /// <summary>Something changed in the store, said the store.</summary>
    internal void Changed(SecretStoreChange change)
    {
        List<AddressEntry> changed = [];
        if (change.Address is { } address)
        {
            if (Addresses.Invalidate(address, change.Version) is { } entry) changed.Add(entry);
        }
        else
        {
            foreach (AddressEntry entry in Addresses.Entries)
            {
                if (Addresses.Invalidate(entry.Key.Address, null) is not null) changed.Add(entry);
            }
        }

        AddressEntry[] used = [.. changed.Where(entry => entry.Dependents.Length > 0)];
        foreach (AddressEntry idle in changed.Except(used))
            AddressCache.MakeOld(idle);
        if (used.Length > 0) Fetch(used, alone: true);
    }

    public void Dispose()
    {
        _due.Dispose();
        foreach (ViewSnapshot view in _views.Values)
            view.Clear();
    }

    private void Prepare(LookupEntry entry)
    {
        if (entry.Lookup is { Version: { } version, Scope: { } scope, Visibility: { } visibility })
        {
            SecretAddress pinned = new(scope, visibility == SecretVisibility.Private ? entry.View.View.Principal.Id : null, entry.Lookup.Name);
            entry.Candidates = [Addresses.GetOrAdd(new AddressKey(pinned, version), entry)];
            return;
        }

        entry.Candidates = [.. _core.CandidatesOf(entry.Lookup, entry.View.View).Select(address => Addresses.GetOrAdd(new AddressKey(address, null), entry))];
    }

    private void OnSettled(AddressEntry address, bool immediately)
    {
        foreach (LookupEntry dependent in address.Dependents)
            _publisher.Publish(dependent, immediately);
    }

    private void OnDue(IReadOnlyList<IScheduled> due)
    {
        try
        {
            LookAtAll(due);
        }
        catch (Exception error)
        {
            // On a timer's thread an exception would end the process; a policy or freshness callback of the host's is the only source of one.
            ClientLog.RefreshFailed(_core.Log, error);
        }
    }

    private void LookAtAll(IReadOnlyList<IScheduled> due)
    {
        HashSet<AddressEntry> toFetch = [];
        foreach (IScheduled item in due)
        {
            if (item is LookupEntry lookup) Look(lookup, toFetch);
            else if (item is AddressEntry address) Addresses.RemoveIfUnused(address);
        }

        if (toFetch.Count > 0) Fetch([.. toFetch], alone: false);
    }

    private void Look(LookupEntry entry, HashSet<AddressEntry> toFetch)
    {
        long now = _clock.Now;
        lock (entry.Gate)
        {
            if (now >= entry.ServeUntil) entry.Current = null;
            if (!IsWanted(entry, now))
            {
                if (entry.Current is not null && now < entry.FreshUntil)
                {
                    // Nobody read it lately: it stays while it is fresh and costs no call.
                    _due.Schedule(entry, Math.Min(entry.FreshUntil, entry.ServeUntil));
                    return;
                }

                entry.IsEvicted = true;
                entry.Current = null;
            }
        }

        if (entry.IsEvicted)
        {
            Forget(entry);
            return;
        }

        int before = toFetch.Count;
        PlanRefresh(entry, now, toFetch);
        if (toFetch.Count == before) _publisher.Publish(entry, immediately: true);
        // The answer sets the next look. Should it take long, the value must still go when its time is over.
        else if (now < entry.ServeUntil) _due.Schedule(entry, entry.ServeUntil);
    }

    /// <summary>
    /// Followed, or read since the last look. While the store fails the looks come close together, so that a reader who was there within one
    /// freshness still counts.
    /// </summary>
    private bool IsWanted(LookupEntry entry, long now)
    {
        bool isTouched = entry.IsTouched;
        entry.IsTouched = false;
        if (isTouched) entry.WantedAt = now;
        bool isFailing = entry.Current is not null && entry.Candidates.Any(candidate => candidate.Failure is not null);
        return isTouched || entry.Followers.Length > 0 || (isFailing && entry.WantedAt > 0 && now - entry.WantedAt < _schedule.DefaultFreshness.Ticks);
    }

    private void PlanRefresh(LookupEntry entry, long now, HashSet<AddressEntry> toFetch)
    {
        TimeSpan freshness = entry.Candidates.FirstOrDefault(candidate => candidate.Known is { IsFound: true })?.Known!.Freshness ?? _schedule.NegativeFreshness;
        foreach (AddressEntry candidate in entry.Candidates)
        {
            AddressState? known = candidate.Known;
            bool isDue = candidate.Failure is { } failure ? now >= failure.NextTryAt : known is null || now - known.FetchedAt >= freshness.Ticks / 2;
            if (isDue) toFetch.Add(candidate);
            if (known is { IsFound: true }) return;
        }
    }

    private void Forget(LookupEntry entry)
    {
        entry.View.Remove(entry);
        if (entry.View.IsEmpty) _views.TryRemove(new KeyValuePair<SecretsView, ViewSnapshot>(entry.View.View, entry.View));
        bool hadValue = entry.Candidates.Any(candidate => candidate.Known is { IsFound: true });
        foreach (AddressEntry candidate in entry.Candidates)
        {
            candidate.RemoveDependent(entry);
            if (candidate.Dependents.Length == 0) Leave(candidate, hadValue);
        }
    }

    /// <summary>
    /// What nobody uses is forgotten: a value, and "there is none" in front of it, when no outage can call for them any more; everything else at
    /// once, so that lookups of made-up names do not pile up. That a store asked to be left alone is remembered for as long as it asked.
    /// </summary>
    private void Leave(AddressEntry address, bool hadValue)
    {
        long now = _clock.Now;
        long until = address.Failure?.HoldUntil ?? 0;
        // While the store fails, as long again: so that a reader hears that there is a value and it is too old, not only that the store is down.
        long longer = address.Failure is null ? 0 : _schedule.MaxStale.Ticks;
        if (hadValue && address.Known is { } known) until = Math.Max(until, known.StaleUntil(_schedule.MaxStale) + longer);
        if (until > now) _due.Schedule(address, until);
        else Addresses.RemoveIfUnused(address);
    }

    private static void Unfollow(LookupEntry entry, ChangeSubscription subscription)
    {
        lock (entry.Gate)
        {
            entry.Followers = [.. entry.Followers.Where(follower => !ReferenceEquals(follower, subscription))];
            if (entry.Followers.Length == 0) (entry.IsAnnounced, entry.Announced) = (false, null);
        }
    }
}
