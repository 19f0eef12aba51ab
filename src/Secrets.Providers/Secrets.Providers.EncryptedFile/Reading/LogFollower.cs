namespace Secrets;

/// <summary>
/// Keeps what is known of the file up to date: reads on where another process wrote, and begins anew when another file took its place.
/// </summary>
/// <remarks>
/// <see cref="State"/> is read without a lock. All that changes it holds the gate: a look at the file for as long as it reads, a commit or a
/// compaction through <see cref="EnterToWrite"/>. What changes the file also holds the store's lock against other processes.
/// </remarks>
internal sealed class LogFollower : IDisposable
{
    private const int MaxTamperedLooks = 3;

    // Of files that were replaced. A call that outlasts so many finds its state replaced, and asks again.
    private const int MaxRetiredKeys = 16;

    private readonly FollowerGate _gate = new();
    private readonly EncryptedFileOptions _options;
    private readonly IFileOperations _files;
    private readonly LogOpener _opener;
    private readonly RollbackGuard _guard;
    private readonly ChainHasher _hasher;
    private readonly bool _writable;
    private readonly LogEvents _events;
    private readonly LogFault _fault;
    private readonly Queue<KeyHierarchy> _retiredKeys = [];
    // Of the file that was opened first: those of all that took its place are made from it.
    private readonly KeyHierarchy _firstKeys;
    private volatile LogState _state;
    private int _tamperedLooks;

    internal LogFollower(EncryptedFileOptions options, LogOpener opener, LogState state, bool writable, LogEvents events, ChainHasher hasher, RollbackGuard guard)
    {
        _options = options;
        _files = options.Files;
        _opener = opener;
        _writable = writable;
        _events = events;
        _fault = new LogFault(events);
        state.NoteKnown();
        _state = state;
        _firstKeys = state.Keys;
        _hasher = hasher;
        _guard = guard;
    }

    /// <summary>The state as far as it is known now.</summary>
    /// <exception cref="SecretException">The file was found damaged, rolled back or forked while it was open, and still is.</exception>
    internal LogState State => _fault.Failure is { } failure ? throw failure : _state;

    /// <inheritdoc cref="FollowerGate.EnterToWrite"/>
    internal FollowerGate.WriteScope EnterToWrite() => _gate.EnterToWrite();

    /// <summary>Looks whether something stands behind what is known, as each read does, and reads it; a compaction's word leads to the new file at once.</summary>
    internal void CatchUp()
    {
        if (!HasGrown() || !_gate.TryEnterUnlessWriting())
            return;
        try
        {
            Follow(holdsLock: false);
        }
        finally
        {
            _gate.Exit();
        }

        _ = State;
    }

    /// <summary>Reads all that is committed, and waits for a commit of this process if one is under way.</summary>
    internal void CatchUpFully()
    {
        using (EnterToWrite())
            Follow(holdsLock: false);
        _ = State;
    }

    /// <summary>What a reading of the file from its beginning must come by.</summary>
    internal ChainHead? Vouched()
    {
        using (EnterToWrite())
            return State.Vouched;
    }

    /// <summary>The regular look: growth, whether another file has taken this one's place, and whether one that was wrong is right again.</summary>
    internal void Look()
    {
        if (!_gate.TryEnter())
            return;
        try
        {
            if (_fault.Failure is not null)
                TryAgain();
            else if (IsReplaced())
                BeginAnew(holdsLock: false);
            else
                Follow(holdsLock: false, isRegular: true);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // The medium is away for the moment: what is known stays readable, and the next look tries again.
            _fault.ForgetTry();
            _options.Warn(FileErrors.From(failure, "Looking for changes", _options.Path, _options.StoreName));
        }
        catch (SecretException failure) when (failure.IsTransient)
        {
            _fault.ForgetTry();
            _options.Warn(failure);
        }
        catch (SecretException failure)
        {
            _fault.Set(failure);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Reads what others wrote. With the store's lock held, nobody is writing: then a torn tail is a dead writer's, and is cut.</summary>
    internal void Follow(bool holdsLock) => Follow(holdsLock, isRegular: false);

    private void Follow(bool holdsLock, bool isRegular)
    {
        // A commit whose sync failed may have been read here before its writer took it back, and another one may stand in its place.
        if ((holdsLock && !_files.IsAt(_state.File, _options.Path)) || !_state.HoldsHead())
            BeginAnew(holdsLock);
        LogState state = _state;
        if (holdsLock && state.IsTailUnsettled)
        {
            ReadOn(state, holdsLock, isRegular);
            return;
        }

        switch (state.LookBehind())
        {
            case LogTail.Longer:
                ReadOn(state, holdsLock, isRegular);
                break;
            case LogTail.Shorter:
                BeginAnew(holdsLock);
                break;
        }

        if (holdsLock)
            _state.IsHeadSettled = true;
    }

    /// <summary>Takes the compacted file in place of the one it was made from; readers that still use that one go on to do so until they ask again.</summary>
    internal void Replace(LogState compacted)
    {
        (compacted.IsAdmitted, compacted.IsUnaccepted, compacted.IsHeadSettled) = (true, _state.IsUnaccepted, true);
        Place(compacted);
    }

    public void Dispose()
    {
        _state.Dispose();
        _state.Keys.Dispose();
        _firstKeys.Dispose();
        while (_retiredKeys.TryDequeue(out KeyHierarchy? keys))
            keys.Dispose();
        _hasher.Dispose();
    }

    private bool HasGrown()
    {
        LogState state = State;
        try
        {
            return state.LookBehind() != LogTail.Same;
        }
        catch (ObjectDisposedException) when (_state != state)
        {
            // The file was replaced just now, and the new one was read to its end.
            return false;
        }
    }

    private void ReadOn(LogState state, bool holdsLock, bool isRegular)
    {
        List<SecretStoreChange> changes = [];
        state.Applier.Changes = changes;
        TailState tail = Read(state);
        state.NoteKnown();
        SettleTail(state, tail, holdsLock, isRegular);
        _events.OnChanges(changes);
    }

    private TailState Read(LogState state)
    {
        try
        {
            LogReader reader = new(state, _hasher);
            long length = state.File.GetLength();
            return state.IsTailUnsettled ? reader.ReadTo(length) : reader.ReadOn(length);
        }
        catch (SecretException failure)
        {
            throw _fault.Set(failure);
        }
    }

    private void SettleTail(LogState state, TailState tail, bool holdsLock, bool isRegular)
    {
        if (tail == TailState.Tampered)
        {
            // Without the lock, the last frame may be one that is just being written; not for so long, however.
            if (holdsLock || (isRegular && ++_tamperedLooks > MaxTamperedLooks))
                throw _fault.Set(state.Tampered("the last commit"));
            return;
        }

        _tamperedLooks = 0;
        if (holdsLock)
            CutTail(state, tail);
        else if (tail == TailState.Torn && IsReplaced())
            BeginAnew(holdsLock);
    }

    // With the lock held, nobody is writing.
    private static void CutTail(LogState state, TailState tail)
    {
        if (tail == TailState.Torn)
        {
            state.File.SetLength(state.End);
            state.File.Sync();
        }

        state.IsTailUnsettled = false;
        state.IsHeadSettled = true;
    }

    // A file that is being written to is still the one at the path; one that stands still and differs from what is at the path is not.
    private bool IsReplaced()
    {
        for (int i = 0; i < 3; i++)
        {
            long length = _state.File.GetLength();
            if (_files.IsAt(_state.File, _options.Path) || _state.File.GetLength() != length)
                return false;
        }

        return true;
    }

    private void BeginAnew(bool holdsLock)
    {
        using StoreLock.Held? held = holdsLock ? null : _guard.LockToAccept();
        OpenedLog opened = _opener.Reopen(_state.Keys, _writable, _state.Vouched);
        LogState state = opened.State;
        try
        {
            // Without the lock, the last frame may be one that is just being written: the looks that follow tell.
            bool isLocked = holdsLock || held is not null;
            if (isLocked && opened.Tail == TailState.Tampered)
                throw state.Tampered("the last commit");
            if (isLocked)
                CutTail(state, opened.Tail);
            _guard.Admit(state, _state);
        }
        catch (Exception failure)
        {
            state.Dispose();
            state.Keys.Dispose();
            throw failure is SecretException { IsTransient: false } wrong ? _fault.Set(wrong) : failure;
        }

        Place(state);
        _fault.Clear();
        _tamperedLooks = 0;
        _events.OnChanges([new SecretStoreChange(null)]);
    }

    // Somebody may have put the right file back, or accepted this one.
    private void TryAgain()
    {
        if (_fault.IsWorthATry(_files.StampOf(_options.Path)))
            BeginAnew(holdsLock: false);
    }

    // Whoever is still at work with the state before may use its keys for a while.
    private void Place(LogState state)
    {
        state.NoteKnown();
        LogState old = _state;
        _state = state;
        old.Dispose();
        if (old.Keys == state.Keys || old.Keys == _firstKeys)
            return;
        _retiredKeys.Enqueue(old.Keys);
        if (_retiredKeys.Count > MaxRetiredKeys)
            _retiredKeys.Dequeue().Dispose();
    }
}
