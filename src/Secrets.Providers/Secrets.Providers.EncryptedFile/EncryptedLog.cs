namespace Secrets;

/// <summary>The file as the store uses it: opened, settled, and changed by commits that many callers share.</summary>
internal sealed class EncryptedLog : IAsyncDisposable
{
    private const int FrameLimit = 8 * 1024 * 1024;

    private readonly EncryptedFileOptions _options;
    private readonly IRollbackAnchor _anchor;
    private readonly LogEvents _events;
    private readonly RollbackGuard _guard;
    private readonly LogFollower _follower;
    private readonly LogWriter _writer;
    private readonly StoreLock _lock;
    private readonly CommitQueue _queue;
    private readonly LogOpener _opener;
    private readonly AutomaticCompaction _compaction;

    private EncryptedLog(EncryptedFileOptions options, IRollbackAnchor anchor, LogOpener opener, LogState state, bool writable, LogEvents events)
    {
        _options = options;
        _anchor = anchor;
        _events = events;
        IsWritable = writable;
        ChainHasher hasher = new(state.Keys.Mac);
        _writer = new LogWriter(options, anchor, hasher);
        _lock = new StoreLock(options);
        _guard = new RollbackGuard(options, _writer, _lock, writable);
        _follower = new LogFollower(options, opener, state, writable, events, hasher, _guard);
        _queue = new CommitQueue(Commit);
        _opener = opener;
        _compaction = new AutomaticCompaction(options, Compact);
    }

    internal bool IsWritable { get; }

    /// <inheritdoc cref="LogFollower.State"/>
    internal LogState State => _follower.State;

    internal static async ValueTask<EncryptedLog> OpenAsync(EncryptedFileOptions options, IReadOnlyList<UnlockMethod> methods, LogEvents events, CancellationToken cancellationToken)
    {
        IRollbackAnchor anchor = options.Anchor ?? new FileRollbackAnchor();
        LogOpener opener = new(options, new AnchorReader(options, anchor));
        bool writable = true;
        OpenedLog opened;
        try
        {
            opened = await opener.OpenAsync(methods, writable, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (FileErrors.IsReadOnly(failure))
        {
            writable = false;
            opened = await opener.OpenAsync(methods, writable, cancellationToken).ConfigureAwait(false);
        }

        EncryptedLog log = new(options, anchor, opener, opened.State, writable, events);
        try
        {
            log.Settle(opened.Tail);
            return log;
        }
        catch
        {
            await log.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal void Look() => _follower.Look();

    internal void CatchUp()
    {
        try
        {
            _follower.CatchUp();
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Reading", _options.Path, _options.StoreName);
        }
    }

    /// <inheritdoc cref="LogFollower.CatchUpFully"/>
    internal void CatchUpFully() => _follower.CatchUpFully();

    /// <summary>Seals a write on the caller's thread, so that many writers seal at once. If that fails, the commit does it, and says why.</summary>
    internal void Prepare(WriteMutation mutation)
    {
        if (!IsWritable)
            return;
        try
        {
            mutation.Prepare(State);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure) || failure is ObjectDisposedException)
        {
            // The record before could not be read: a bad medium, or a file that was replaced just now.
        }
    }

    /// <summary>Commits a change together with what else waits.</summary>
    internal async ValueTask<SecretProperties?> CommitAsync(Mutation mutation, CancellationToken cancellationToken)
    {
        if (!IsWritable)
            throw StoreErrors.ReadOnly(_options.Path, _options.StoreName);
        ObjectDisposedException.ThrowIf(!_queue.TryAdd(mutation), typeof(EncryptedFileSecretStore));
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (mutation, token) => ((Mutation)mutation!).TryAbandon(token), mutation);
        return await mutation.Done.ConfigureAwait(false);
    }

    internal EncryptedFileVerification Verify(CancellationToken cancellationToken)
    {
        try
        {
            LogState now = State;
            OpenedLog opened = _opener.Reopen(now.Keys, writable: false, _follower.Vouched());
            using LogState state = opened.State;
            using KeyHierarchy keys = state.Keys;
            if (opened.Tail == TailState.Tampered)
                throw state.Tampered("the last commit");
            return _guard.Refuses && RollbackCheck.Find(state, now) is { } found ? throw found : StoreVerifier.Verify(state, cancellationToken);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Verifying", _options.Path, _options.StoreName);
        }
    }

    internal void Compact(CancellationToken cancellationToken)
    {
        if (!IsWritable)
            throw StoreErrors.ReadOnly(_options.Path, _options.StoreName);
        try
        {
            new Compactor(_options, _follower, _lock).Compact(cancellationToken);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Compacting", _options.Path, _options.StoreName);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _compaction.DisposeAsync().ConfigureAwait(false);
        await _queue.CloseAsync().ConfigureAwait(false);
        using (_follower.EnterToWrite())
        {
            LeaveTidy();
            _follower.Dispose();
            _lock.Dispose();
            if (_options.Anchor is null)
                (_anchor as IDisposable)?.Dispose();
        }
    }

    // What opening leaves to do: cut a torn tail, finish shreddings that a crash interrupted, compare with the anchor.
    private void Settle(TailState tail)
    {
        using (_follower.EnterToWrite())
        {
            if (tail == TailState.Tampered && !IsWritable)
                throw State.Tampered("the last commit");
            if (IsWritable)
                Compactor.Sweep(_options);
            if (IsWritable && (tail != TailState.Clean || State.HasErasures || _guard.MayAccept))
            {
                using StoreLock.Held held = _lock.Acquire();
                _follower.Follow(holdsLock: true);
                if (_writer.TryErase(State) is { } left)
                    _options.Warn(left);
                _guard.Admit(State, before: null);
            }

            _guard.Admit(State, before: null);
            if (IsWritable && !State.IsUnaccepted && (State.Anchored is not { } anchored || anchored.Head.Sequence < State.Sequence))
                CatchAnchorUp();
        }
    }

    // What is in the file need not be on the medium: its writer may be about to sync it, or have died before. Whoever holds the lock now anchors
    // what it commits.
    private void CatchAnchorUp()
    {
        try
        {
            if (_lock.TryAcquire() is not { } held)
                return;
            using (held)
            {
                _follower.Follow(holdsLock: true);
                State.File.Sync();
                _writer.AdvanceAnchor(State);
            }
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure) || failure is SecretException)
        {
            // The anchor lags, which it may; what is wrong with the file itself is no matter of the anchor.
            _ = State;
            _options.Warn(
                failure as SecretException ?? FileErrors.From(failure, "Remembering the newest commit", _options.Path, _options.StoreName));
        }
    }

    // Whoever is writing at this moment keeps the reserve, and a file that cannot be cut now is one with some zeros at its end.
    private void LeaveTidy()
    {
        try
        {
            if (_writer.HasUnsyncedErasures)
                State.File.Sync();
            if (!_writer.HasReserved || _lock.TryAcquire() is not { } held)
                return;
            using (held)
            {
                _follower.Follow(holdsLock: true);
                Reserve.Cut(State);
            }
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure) || failure is SecretException)
        {
            // Closing is not where to hear of a bad medium or of damage: the next open says it, and overwrites what did not make it.
        }
    }

    /// <summary>Commits what has not been given up meanwhile; each of what it gives back is to be answered.</summary>
    private List<Mutation> Commit(IReadOnlyList<Mutation> batch)
    {
        List<Mutation> taken = [.. batch.Where(mutation => mutation.TryTake())];
        List<Mutation> done = [];
        List<SecretStoreChange> changes = [];
        try
        {
            using (_follower.EnterToWrite())
            {
                _ = State;
                using StoreLock.Held held = _lock.Acquire();
                _follower.Follow(holdsLock: true);
                State.Applier.Changes = changes;
                CommitFrames(taken, done);
                _compaction.Consider(State);
            }
        }
        catch (Exception failure)
        {
            Exception shown = FileErrors.IsFileFailure(failure) ? FileErrors.From(failure, "Writing", _options.Path, _options.StoreName) : failure;
            foreach (Mutation mutation in taken.Except(done))
                mutation.Refuse(shown);
        }

        _events.OnChanges(changes);
        return taken;
    }

    private void CommitFrames(List<Mutation> taken, List<Mutation> done)
    {
        LogState state = State;
        int next = 0;
        while (next < taken.Count)
        {
            FrameBuilder frame = new(FrameKind.Commit, state.Sequence + 1);
            List<Mutation> staged = [];
            while (next < taken.Count && frame.RoughLength < FrameLimit)
            {
                Mutation mutation = taken[next++];
                if (TryStage(mutation, state, frame))
                    staged.Add(mutation);
            }

            if (!frame.IsEmpty)
                _writer.Write(state, frame);
            SecretException? left = _writer.OwesErasure || staged.Any(mutation => mutation.ErasesAtOnce) ? _writer.TryErase(state) : null;
            if (left is null)
                _writer.EraseUnsynced(state);
            foreach (Mutation mutation in staged)
                mutation.Remember(mutation.Result(state));
            // What is durable stands. Only those who want something gone for good hear that it is not, and that it stands all the same.
            foreach (Mutation mutation in staged.Where(mutation => left is not null && mutation.ErasesAtOnce))
                mutation.Refuse(left!);
            done.AddRange(staged);
        }
    }

    private static bool TryStage(Mutation mutation, LogState state, FrameBuilder frame)
    {
        try
        {
            mutation.Stage(state, frame);
            return true;
        }
        catch (SecretException refusal)
        {
            mutation.Refuse(refusal);
            return false;
        }
    }
}
