using System.Collections.Concurrent;

namespace Secrets;

/// <summary>
/// What is known of each address, shared by all views of a client. One call under way per address, however many wait for it; a caller that
/// gives up abandons its wait and nothing else.
/// </summary>
internal sealed class AddressCache
{
    // An entry that is changed while its call is under way is read again; a bound, so that a busy writer cannot hold up its readers for ever.
    private const int MaxReruns = 3;

    private readonly ConcurrentDictionary<AddressKey, AddressEntry> _entries = new();
    private readonly ReadCoalescer _coalescer;
    private readonly StoreReads _store;
    private readonly AddressUpdates _updates;
    private readonly MonotonicClock _clock;
    private readonly Action<AddressEntry, bool> _onSettled;
    private readonly CancellationToken _lifetime;

    /// <param name="store">The store's reads.</param>
    /// <param name="updates">How an answer changes an entry.</param>
    /// <param name="clock">The time.</param>
    /// <param name="onSettled">Called after an entry changed or a call for it ended, outside any lock; true for a change that must show at once.</param>
    /// <param name="lifetime">Ends with the client.</param>
    internal AddressCache(StoreReads store, AddressUpdates updates, MonotonicClock clock, Action<AddressEntry, bool> onSettled, CancellationToken lifetime)
    {
        _store = store;
        _updates = updates;
        _clock = clock;
        _onSettled = onSettled;
        _lifetime = lifetime;
        _coalescer = new ReadCoalescer(store.Capabilities, SendAsync);
    }

    internal IEnumerable<AddressEntry> Entries => _entries.Values;

    internal AddressEntry GetOrAdd(AddressKey key, LookupEntry dependent)
    {
        while (true)
        {
            AddressEntry entry = _entries.GetOrAdd(key, static key => new AddressEntry(key));
            if (entry.TryAddDependent(dependent)) return entry;
        }
    }

    /// <summary>The entry of an address, if it is in memory.</summary>
    internal AddressEntry? Find(SecretAddress address) => _entries.GetValueOrDefault(new AddressKey(address, null));

    /// <summary>What is known there counts as old from now on: the next reader asks, and only a failing store brings it back.</summary>
    internal static void MakeOld(AddressEntry entry)
    {
        lock (entry.Gate)
        {
            if (entry.Known is { } known) entry.Known = known with { Freshness = TimeSpan.Zero };
        }
    }

    /// <summary>Forgets an entry on which nothing hangs.</summary>
    internal void RemoveIfUnused(AddressEntry entry)
    {
        lock (entry.Gate)
        {
            if (entry.Dependents.Length > 0 || entry.Flight is not null) return;
            entry.IsRemoved = true;
        }

        _entries.TryRemove(new KeyValuePair<AddressKey, AddressEntry>(entry.Key, entry));
    }

    /// <summary>Asks the store for entries, joining calls that are under way.</summary>
    /// <param name="entries">Which ones.</param>
    /// <param name="alone">Whether other callers may be asking in the same moment.</param>
    /// <returns>A task for each, in order; never faulted but by the client's end.</returns>
    internal Task<AddressState>[] Fetch(ReadOnlySpan<AddressEntry> entries, bool alone)
    {
        Task<AddressState>[] tasks = new Task<AddressState>[entries.Length];
        List<ReadTicket> tickets = new(entries.Length);
        long now = _clock.Now;
        for (int i = 0; i < entries.Length; i++)
        {
            AddressEntry entry = entries[i];
            lock (entry.Gate)
            {
                if (entry.Flight is null)
                {
                    entry.Flight = new ReadTicket(entry, entry.Known is { IsFound: true, OfflineUntil: null } known ? known.Secret : null)
                    {
                        Generation = entry.Generation,
                        AskedAt = now,
                    };
                    tickets.Add(entry.Flight);
                }

                tasks[i] = entry.Flight.Completion;
            }
        }

        if (tickets.Count > 0) _coalescer.Enqueue([.. tickets], alone);
        return tasks;
    }

    /// <summary>Makes the client's own write visible at once, to every view.</summary>
    internal void Written(Secret secret) => ChangeKnown(secret.Properties.Address, entry => _updates.Written(entry, secret));

    /// <summary>
    /// Makes the client's own deletion visible at once, to every view. With several stores another one may have a secret there too: then nothing
    /// is known until somebody asks.
    /// </summary>
    internal void Deleted(SecretAddress address) => ChangeKnown(address, _store.AreSeveral ? AddressUpdates.Unknown : _updates.Deleted);

    /// <summary>A change that the store told of: what is known counts as old, and a call under way is made again.</summary>
    /// <returns>The entry, if it is in memory and not at that version already.</returns>
    internal AddressEntry? Invalidate(SecretAddress address, SecretVersion? version)
    {
        if (!_entries.TryGetValue(new AddressKey(address, null), out AddressEntry? entry)) return null;
        lock (entry.Gate)
        {
            if (version is not null && entry.Known?.Secret?.Version == version) return null;
            entry.Generation++;
        }

        return entry;
    }

    private void ChangeKnown(SecretAddress address, Action<AddressEntry> change)
    {
        if (!_entries.TryGetValue(new AddressKey(address, null), out AddressEntry? entry)) return;
        lock (entry.Gate)
        {
            entry.Generation++;
            change(entry);
        }

        _onSettled(entry, true);
    }

    private async Task SendAsync(ReadTicket[] batch)
    {
        IReadOnlyList<SecretReadResult> results;
        try
        {
            SecretRead[] reads = new SecretRead[batch.Length];
            for (int i = 0; i < batch.Length; i++)
                reads[i] = batch[i].Read;
            results = await _store.ReadAsync(reads, batch[0].Parent, _lifetime).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Only the client's end cancels a shared call.
            Cancel(batch);
            return;
        }
        catch (Exception error)
        {
            // Whatever it is, those who wait must not wait for ever.
            results = [.. batch.Select(_ => SecretReadResult.From(new SecretException(SecretErrorCode.Unknown, $"Reading failed with {error.GetType().Name}.")))];
        }

        AddressState?[] outcomes = new AddressState?[batch.Length];
        for (int i = 0; i < batch.Length; i++)
            outcomes[i] = Settle(batch[i], results[i]);

        // All answers of one call are in before anybody looks, so that no reader sees half of a change that went over two addresses.
        for (int i = 0; i < batch.Length; i++)
        {
            if (outcomes[i] is not null) _onSettled(batch[i].Entry, false);
        }

        for (int i = 0; i < batch.Length; i++)
        {
            if (outcomes[i] is { } outcome) batch[i].Complete(outcome);
        }
    }

    private AddressState? Settle(ReadTicket ticket, SecretReadResult result)
    {
        AddressEntry entry = ticket.Entry;
        lock (entry.Gate)
        {
            if (entry.Generation == ticket.Generation || ticket.Reruns == MaxReruns)
            {
                entry.Flight = null;
                return _updates.Answered(entry, ticket, result);
            }

            ticket.Generation = entry.Generation;
            ticket.Reruns++;
            ticket.AskedAt = _clock.Now;
        }

        _coalescer.Enqueue([ticket], alone: true);
        return null;
    }

    private static void Cancel(ReadTicket[] batch)
    {
        foreach (ReadTicket ticket in batch)
        {
            lock (ticket.Entry.Gate)
                ticket.Entry.Flight = null;
            ticket.Cancel();
        }
    }
}
