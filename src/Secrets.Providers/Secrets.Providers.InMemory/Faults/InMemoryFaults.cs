using System.Collections.Immutable;

namespace Secrets;

/// <summary>How an in-memory store fails, for tests of what stands above a store.</summary>
/// <remarks>Safe to use from any thread, also while calls are under way.</remarks>
public sealed class InMemoryFaults
{
    private readonly Lock _gate = new();
    private ImmutableArray<Armed> _armed = [];
    private ImmutableArray<InMemoryHold> _holds = [];
    private volatile bool _refusesValueReads;
    private volatile bool _hidesMissing;

    internal InMemoryFaults()
    {
    }

    /// <value>
    /// A credential without the right to read values: every entry of a read is denied; describing and listing work. Default false.
    /// </value>
    public bool RefusesValueReads
    {
        get => _refusesValueReads;
        set => _refusesValueReads = value;
    }

    /// <value>
    /// A credential with narrow rights, to whom what is missing and what is forbidden look the same: a missing entry answers
    /// <see cref="SecretReadStatus.MissingOrDenied"/>. Default false.
    /// </value>
    public bool HidesMissing
    {
        get => _hidesMissing;
        set => _hidesMissing = value;
    }

    /// <summary>Adds a fault. Of several that match, the one added first strikes.</summary>
    /// <param name="fault">The fault.</param>
    /// <returns>Dispose to remove it.</returns>
    public IDisposable Add(InMemoryFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Times is { } times) ArgumentOutOfRangeException.ThrowIfLessThan(times, 1, nameof(fault));
        Armed armed = new(this, fault);
        lock (_gate)
            _armed = _armed.Add(armed);
        return armed;
    }

    /// <summary>Makes calls of one kind wait until the hold is disposed.</summary>
    /// <param name="operation">Which calls.</param>
    /// <returns>The hold.</returns>
    public InMemoryHold Hold(InMemoryOperation operation)
    {
        InMemoryHold hold = new(this, operation);
        lock (_gate)
            _holds = _holds.Add(hold);
        return hold;
    }

    /// <summary>Removes every fault and releases every hold.</summary>
    public void Clear()
    {
        ImmutableArray<InMemoryHold> holds;
        lock (_gate)
        {
            _armed = [];
            holds = _holds;
        }

        foreach (InMemoryHold hold in holds)
            hold.Dispose();
        RefusesValueReads = false;
        HidesMissing = false;
    }

    internal InMemoryHold? HoldOn(InMemoryOperation operation)
    {
        foreach (InMemoryHold hold in _holds)
        {
            if (hold.Operation == operation) return hold;
        }

        return null;
    }

    /// <summary>The fault that strikes a call as a whole (<paramref name="forEntries"/> null: either kind), and counts it as used.</summary>
    internal InMemoryFault? Strike(InMemoryOperation operation, SecretAddress? address, bool? forEntries, bool afterEffect)
    {
        if (_armed.IsEmpty) return null;
        lock (_gate)
        {
            Armed? armed = _armed.FirstOrDefault(candidate =>
                candidate.Fault.AfterEffect == afterEffect
                && (forEntries is null || candidate.Fault.IsForEntries == forEntries)
                && candidate.Fault.Hits(operation, address));
            if (armed is null) return null;
            if (armed.Use()) _armed = _armed.Remove(armed);
            return armed.Fault;
        }
    }

    internal void Remove(InMemoryHold hold)
    {
        lock (_gate)
            _holds = _holds.Remove(hold);
    }

    private sealed class Armed(InMemoryFaults owner, InMemoryFault fault) : IDisposable
    {
        private int _left = fault.Times ?? int.MaxValue;

        public InMemoryFault Fault { get; } = fault;

        // True when that was the last time.
        public bool Use() => Fault.Times is not null && --_left == 0;

        public void Dispose()
        {
            lock (owner._gate)
                owner._armed = owner._armed.Remove(this);
        }
    }
}
