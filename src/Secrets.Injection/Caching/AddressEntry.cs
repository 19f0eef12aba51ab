namespace Secrets;

/// <summary>One address in memory: what is known, what failed, and the one call that is under way.</summary>
internal sealed class AddressEntry(AddressKey key) : IScheduled
{
    private volatile AddressState? _known;
    private volatile AddressFailure? _failure;
    private volatile LookupEntry[] _dependents = [];

    internal Lock Gate { get; } = new();

    internal AddressKey Key { get; } = key;

    /// <summary>The store's last definite answer: found, not found, denied. Failures and degraded answers never get here.</summary>
    internal AddressState? Known
    {
        get => _known;
        set => _known = value;
    }

    internal AddressFailure? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    /// <summary>The lookups whose answer hangs on this address. Changed under the gate, read without.</summary>
    internal LookupEntry[] Dependents => _dependents;

    /// <summary>The call under way; null if none. Under the gate.</summary>
    internal ReadTicket? Flight { get; set; }

    /// <summary>Counts what makes a call under way out of date: own writes, and changes that the store told of. Under the gate.</summary>
    internal int Generation { get; set; }

    /// <summary>The value before the current one, while it may still be valid. Under the gate.</summary>
    internal Secret? Previous { get; set; }

    /// <summary>When <see cref="Previous"/> stops being offered. Under the gate.</summary>
    internal long PreviousUntil { get; set; }

    /// <summary>Not before then does a report of refusal ask the store again. Under the gate.</summary>
    internal long RefusedRefreshAfter { get; set; }

    /// <summary>Gone from the cache; whoever still holds it has to look again. Under the gate.</summary>
    internal bool IsRemoved { get; set; }

    /// <value>When an entry that nothing hangs on is forgotten.</value>
    public long DueAt { get; set; }

    internal bool IsInFlight
    {
        get
        {
            lock (Gate)
                return Flight is not null;
        }
    }

    internal bool TryAddDependent(LookupEntry lookup)
    {
        lock (Gate)
        {
            if (IsRemoved) return false;
            _dependents = [.. _dependents, lookup];
            return true;
        }
    }

    internal void RemoveDependent(LookupEntry lookup)
    {
        lock (Gate)
            _dependents = [.. _dependents.Where(dependent => !ReferenceEquals(dependent, lookup))];
    }
}
