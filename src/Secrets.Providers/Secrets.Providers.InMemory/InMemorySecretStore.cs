using System.Runtime.CompilerServices;

namespace Secrets;

/// <summary>
/// A store in memory: the reference implementation of <see cref="ISecretStore"/>, for tests and for learning how a store behaves. It can do
/// everything that a store can; options narrow it to play a store that cannot. It fails, delays, holds and counts calls on demand.
/// </summary>
/// <remarks>
/// <para>Authentication: none. Name mapping: none; any name up to the declared length. Versions: <c>1</c>, <c>2</c>, ... counted for the whole
/// store; at most <see cref="InMemorySecretStoreOptions.MaxVersions"/> are kept. Limits: as the options say. Consistency: every read sees one
/// state, and every write that has returned. Permissions: see <see cref="Faults"/>.</para>
/// <para>Safe to use from any thread; reads take no lock. Nothing outlives the process, and values are ordinary managed memory.</para>
/// </remarks>
public sealed class InMemorySecretStore : ISecretStore
{
    private const int MaxPageSize = 10_000;

    private readonly TimeProvider _time;
    private readonly InMemoryErrors _errors;
    private readonly InMemoryChanges _changes;
    private readonly InMemoryFeatures _features;
    private readonly InMemoryReads _reads;
    private readonly InMemoryListings _listings;
    private readonly InMemoryWatches _watches = new();
    private readonly Lock _writeGate = new();
    private InMemoryState _state = InMemoryState.Empty;
    private long _latencyTicks;
    private volatile bool _disposed;

    /// <summary>Makes an empty store.</summary>
    /// <param name="options">What it is like; null for one that can do everything. Read once.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public InMemorySecretStore(InMemorySecretStoreOptions? options = null)
    {
        options ??= new InMemorySecretStoreOptions();
        options.Check();
        Name = options.Name;
        Capabilities = options.ToCapabilities();
        Latency = options.Latency;
        _time = options.TimeProvider;
        _errors = new InMemoryErrors(Name);
        _changes = new InMemoryChanges(options, _errors);
        _features = new InMemoryFeatures(this, _errors);
        _reads = new InMemoryReads(this, _errors);
        _listings = new InMemoryListings(_errors);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SecretStoreCapabilities Capabilities { get; }

    /// <summary>How it fails.</summary>
    public InMemoryFaults Faults { get; } = new();

    /// <summary>What it was asked.</summary>
    public InMemoryCalls Calls { get; } = new();

    /// <value>How long each call takes on the store's clock; 0 or more. It may be changed at any time, for the calls that follow.</value>
    public TimeSpan Latency
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _latencyTicks));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            Interlocked.Exchange(ref _latencyTicks, value.Ticks);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reads);
        await EnterAsync(InMemoryOperation.Read, [.. reads.Select(read => read.Address)], cancellationToken).ConfigureAwait(false);
        InMemoryState state = Volatile.Read(ref _state);
        SecretReadResult[] results = new SecretReadResult[reads.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = _reads.Read(state, reads[i]);
        return results;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        _features.Need(SecretStoreFeatures.Describe);
        await EnterAsync(InMemoryOperation.Describe, [.. addresses], cancellationToken).ConfigureAwait(false);
        InMemoryState state = Volatile.Read(ref _state);
        SecretDescribeResult[] results = new SecretDescribeResult[addresses.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = _reads.Describe(state, addresses[i]);
        return results;
    }

    /// <inheritdoc/>
    public async ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        _features.Need(SecretStoreFeatures.List);
        if (listing.PageSize is < 1 or > MaxPageSize) throw _errors.BadPageSize(listing.PageSize, MaxPageSize);
        await EnterAsync(InMemoryOperation.List, [], cancellationToken).ConfigureAwait(false);
        return _listings.List(Volatile.Read(ref _state), listing);
    }

    /// <inheritdoc/>
    public async ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken)
    {
        _features.Need(SecretStoreFeatures.Versions, address);
        await EnterAsync(InMemoryOperation.ListVersions, [address], cancellationToken).ConfigureAwait(false);
        InMemorySecret secret = Volatile.Read(ref _state)[address].Live ?? throw _errors.NotFound(address, "list the versions of");
        return _listings.ListVersions(secret, continuationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        _features.NeedFor(write);
        await EnterAsync(InMemoryOperation.Write, [write.Address], cancellationToken).ConfigureAwait(false);
        SecretProperties written = Apply(write);
        LoseAcknowledgement(InMemoryOperation.Write, write.Address);
        return written;
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        _features.Need(SecretStoreFeatures.Promote, promotion.Address);
        _features.NeedForChange(promotion.Condition, promotion.Address);
        await EnterAsync(InMemoryOperation.Promote, [promotion.Address], cancellationToken).ConfigureAwait(false);
        SecretProperties promoted;
        lock (_writeGate)
        {
            (InMemoryState next, promoted) = _changes.Promote(_state, promotion);
            Publish(next, new SecretStoreChange(promotion.Address, promoted.Version));
        }

        LoseAcknowledgement(InMemoryOperation.Promote, promotion.Address);
        return promoted;
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delete);
        _features.Need(SecretStoreFeatures.Delete, delete.Address);
        if (delete.Version is not null) _features.Need(SecretStoreFeatures.DestroyVersion, delete.Address);
        _features.NeedForChange(delete.Condition, delete.Address);
        await EnterAsync(InMemoryOperation.Delete, [delete.Address], cancellationToken).ConfigureAwait(false);
        Apply(delete);
        LoseAcknowledgement(InMemoryOperation.Delete, delete.Address);
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        _features.Need(SecretStoreFeatures.SoftDelete, address);
        await EnterAsync(InMemoryOperation.Recover, [address], cancellationToken).ConfigureAwait(false);
        SecretProperties recovered;
        lock (_writeGate)
        {
            (InMemoryState next, recovered) = _changes.Recover(_state, address);
            Publish(next, new SecretStoreChange(address, recovered.Version));
        }

        LoseAcknowledgement(InMemoryOperation.Recover, address);
        return recovered;
    }

    /// <inheritdoc/>
    /// <remarks>The watch begins with the first <c>MoveNextAsync</c>, at once and before that call returns.</remarks>
    public IAsyncEnumerable<SecretStoreChange> WatchAsync(CancellationToken cancellationToken)
    {
        _features.Need(SecretStoreFeatures.Watch);
        return Watch(cancellationToken);
    }

    /// <summary>Ends every watch under way with an error, as a lost connection does.</summary>
    /// <param name="code">The error's code.</param>
    public void BreakWatches(SecretErrorCode code = SecretErrorCode.Unavailable) =>
        _watches.End(new InMemoryFault(code).ToException(Name, InMemoryOperation.Watch, null));

    /// <summary>
    /// Writes as somebody else would: past faults, holds, latency, counts and narrowed features, and seen by watches. The way to fill a store
    /// that plays a read-only one.
    /// </summary>
    /// <param name="write">What to write; its condition and limits hold.</param>
    /// <returns>The properties as stored.</returns>
    /// <exception cref="SecretException">As for <see cref="WriteAsync"/>.</exception>
    public SecretProperties Put(SecretWrite write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return Apply(write);
    }

    /// <summary>As <see cref="Put(SecretWrite)"/>, with nothing but pairs.</summary>
    /// <param name="address">Where.</param>
    /// <param name="values">All pairs.</param>
    /// <returns>The properties as stored.</returns>
    public SecretProperties Put(SecretAddress address, SecretValues values) => Put(new SecretWrite(new SecretProperties(address, default), values));

    /// <summary>Deletes as somebody else would; see <see cref="Put(SecretWrite)"/>.</summary>
    /// <param name="address">What.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>: it is not there.</exception>
    public void Remove(SecretAddress address) => Apply(new SecretDelete(address));

    /// <summary>Switches a version off, as a store's console can: reading it is denied until it is switched on.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="version">The version.</param>
    /// <param name="on">False to switch it off.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>: no such secret or version.</exception>
    public void SwitchVersion(SecretAddress address, SecretVersion version, bool on)
    {
        lock (_writeGate)
            Publish(_changes.Switch(_state, address, version, on), new SecretStoreChange(address));
    }

    /// <summary>Ends every watch. Calls after it fail with <see cref="ObjectDisposedException"/>; what was stored is gone with the store.</summary>
    /// <returns>A completed task.</returns>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        _watches.End(new ObjectDisposedException(Name));
        return ValueTask.CompletedTask;
    }

    private async ValueTask EnterAsync(InMemoryOperation operation, IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        int roundTrips = operation == InMemoryOperation.Read ? (addresses.Count + Capabilities.MaxBatchSize - 1) / Capabilities.MaxBatchSize : Math.Max(1, addresses.Count);
        Calls.Add(new InMemoryCall(operation, addresses, roundTrips, _time.GetUtcNow()));
        if (Faults.HoldOn(operation) is { } hold) await hold.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (Latency is var latency && latency > TimeSpan.Zero) await Task.Delay(latency, _time, cancellationToken).ConfigureAwait(false);

        bool isBatch = operation is InMemoryOperation.Read or InMemoryOperation.Describe;
        SecretAddress? only = !isBatch && addresses.Count == 1 ? addresses[0] : null;
        if (Faults.Strike(operation, only, forEntries: isBatch ? false : null, afterEffect: false) is { } fault)
            throw fault.ToException(Name, operation, only);
    }

    private SecretProperties Apply(SecretWrite write)
    {
        lock (_writeGate)
        {
            (InMemoryState next, SecretProperties written) = _changes.Write(_state, write, _time.GetUtcNow());
            Publish(next, new SecretStoreChange(write.Address, write.Pending ? null : written.Version));
            if (write.MoveFrom is { } from) _watches.Tell(new SecretStoreChange(from));
            return written;
        }
    }

    private void Apply(SecretDelete delete)
    {
        lock (_writeGate)
            Publish(_changes.Delete(_state, delete, _time.GetUtcNow()), new SecretStoreChange(delete.Address));
    }

    // Under the write gate, so that watches hear of changes in the order they were made.
    private void Publish(InMemoryState next, SecretStoreChange change)
    {
        Volatile.Write(ref _state, next);
        _watches.Tell(change);
    }

    private async IAsyncEnumerable<SecretStoreChange> Watch([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using InMemoryWatches.Watch watch = _watches.Begin();
        await EnterAsync(InMemoryOperation.Watch, [], cancellationToken).ConfigureAwait(false);
        await foreach (SecretStoreChange change in watch.Changes.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            yield return change;
    }

    private void LoseAcknowledgement(InMemoryOperation operation, SecretAddress address)
    {
        if (Faults.Strike(operation, address, forEntries: null, afterEffect: true) is { } fault) throw fault.ToException(Name, operation, address);
    }
}
