namespace Secrets;

/// <summary>
/// What an in-memory store was asked, so that a test can say "one call". Counted when a call arrives, before faults, holds and latency.
/// </summary>
/// <remarks>Safe to use from any thread.</remarks>
public sealed class InMemoryCalls
{
    private const int MaxRecorded = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<InMemoryCall> _recorded = new();
    private readonly long[] _counts = new long[Enum.GetValues<InMemoryOperation>().Length];
    private long _roundTrips;

    internal InMemoryCalls()
    {
    }

    /// <summary>All calls since the store was made or <see cref="Clear"/>.</summary>
    public long Total
    {
        get
        {
            lock (_gate)
                return _counts.Sum();
        }
    }

    /// <summary>The native calls that a real store with this batch size would have made.</summary>
    public long RoundTrips
    {
        get
        {
            lock (_gate)
                return _roundTrips;
        }
    }

    /// <summary>The latest 10,000 calls, oldest first, as they are now.</summary>
    public IReadOnlyList<InMemoryCall> Recorded
    {
        get
        {
            lock (_gate)
                return [.. _recorded];
        }
    }

    /// <summary>The calls of one kind.</summary>
    /// <param name="operation">Which.</param>
    /// <returns>Their number since the store was made or <see cref="Clear"/>.</returns>
    public long Count(InMemoryOperation operation)
    {
        lock (_gate)
            return _counts[(int)operation];
    }

    /// <summary>How often an address was asked for by the recorded calls of one kind; an address twice in a batch counts twice.</summary>
    /// <param name="operation">Which kind.</param>
    /// <param name="address">The address.</param>
    /// <returns>The number.</returns>
    public int Count(InMemoryOperation operation, SecretAddress address)
    {
        lock (_gate)
            return _recorded.Where(call => call.Operation == operation).Sum(call => call.Addresses.Count(asked => asked == address));
    }

    /// <summary>Starts counting and recording anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_counts);
            _roundTrips = 0;
            _recorded.Clear();
        }
    }

    internal void Add(InMemoryCall call)
    {
        lock (_gate)
        {
            _counts[(int)call.Operation]++;
            _roundTrips += call.RoundTrips;
            if (_recorded.Count == MaxRecorded) _recorded.Dequeue();
            _recorded.Enqueue(call);
        }
    }
}
