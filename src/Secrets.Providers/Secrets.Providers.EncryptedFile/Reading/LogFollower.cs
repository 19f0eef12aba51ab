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

    private readonly Lock _gate = new();
    private readonly EncryptedFileOptions _options;
    private readonly IFileOperations _files;
    private readonly LogOpener _opener;
    private readonly bool _writable;
    private readonly LogEvents _events;
    private volatile LogState _state;
    private volatile SecretException? _fault;
    private volatile bool _isWriting;
    private int _tamperedLooks;

    internal LogFollower(EncryptedFileOptions options, LogOpener opener, LogState state, bool writable, LogEvents events)
    {
        _options = options;
        _files = options.Files;
        _opener = opener;
        _writable = writable;
        _events = events;
        state.NoteKnown();
        _state = state;
        Hasher = new ChainHasher(state.Keys.Mac);
    }

    internal ChainHasher Hasher { get; }

    /// <summary>The state as far as it is known now.</summary>
    /// <exception cref="SecretException">The file was found damaged, rolled back or forked while it was open.</exception>
    internal LogState State => _fault is { } fault ? throw fault : _state;

    /// <summary>Waits for the gate and keeps it until disposed; reads go on meanwhile with what is known.</summary>
    internal WriteScope EnterToWrite()
    {
        _gate.Enter();
        _isWriting = true;
        return new WriteScope(this);
    }

    /// <summary>Looks whether the file has grown, as each read does; what was looked at once is left to the regular look.</summary>
    internal void CatchUp()
    {
        if (!HasGrown() || !TryEnterUnlessWriting())
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

    /// <summary>The regular look: growth, and whether another file has taken this one's place.</summary>
    internal void Look()
    {
        if (_fault is not null || !_gate.TryEnter())
            return;
        try
        {
            if (IsReplaced())
                BeginAnew();
            else
                Follow(holdsLock: false, isRegular: true);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // The medium is away for the moment: what is known stays readable, and the next look tries again.
            _options.OnWarning?.Invoke(FileErrors.From(failure, "Looking for changes", _options.Path, _options.StoreName));
        }
        catch (SecretException failure)
        {
            Fail(failure);
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
        if (holdsLock && !_files.IsAt(_state.File, _options.Path))
            BeginAnew();
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
                BeginAnew();
                break;
        }
    }

    /// <summary>Takes a state in place of the one before; readers that still use that one go on to do so until they ask again.</summary>
    internal void Replace(LogState state)
    {
        state.NoteKnown();
        LogState old = _state;
        _state = state;
        old.Dispose();
    }

    public void Dispose()
    {
        _state.Dispose();
        _state.Keys.Dispose();
        Hasher.Dispose();
    }

    // A commit reads on before it writes, and no reader waits for its disk. Another look is short and may have measured the file before it
    // grew: what was acknowledged elsewhere before this read began must be in its answer.
    private bool TryEnterUnlessWriting()
    {
        SpinWait wait = default;
        while (!_gate.TryEnter())
        {
            if (_isWriting)
                return false;
            wait.SpinOnce();
        }

        return true;
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
            LogReader reader = new(state, Hasher);
            long length = state.File.GetLength();
            return state.IsTailUnsettled ? reader.ReadTo(length) : reader.ReadOn(length);
        }
        catch (SecretException failure)
        {
            throw Fail(failure);
        }
    }

    private void SettleTail(LogState state, TailState tail, bool holdsLock, bool isRegular)
    {
        if (tail == TailState.Tampered)
        {
            // Without the lock, the last frame may be one that is just being written; not for so long, however.
            if (holdsLock || (isRegular && ++_tamperedLooks > MaxTamperedLooks))
                throw Fail(state.Tampered("the last commit"));
            return;
        }

        _tamperedLooks = 0;
        if (holdsLock && tail == TailState.Torn)
        {
            state.File.SetLength(state.End);
            state.File.Sync();
        }

        if (holdsLock)
            state.IsTailUnsettled = false;
        else if (tail == TailState.Torn && IsReplaced())
            BeginAnew();
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

    private void BeginAnew()
    {
        OpenedLog opened = _opener.Reopen(_state.Keys, _writable, _state.Head);
        SecretException? wrong = opened.Tail == TailState.Tampered ? opened.State.Tampered("the last commit") : null;
        if (wrong is null && RollbackCheck.Find(opened.State) is { } found)
        {
            _options.OnWarning?.Invoke(found);
            wrong = _options.RollbackPolicy == RollbackPolicy.Fail ? found : null;
        }

        if (wrong is not null)
        {
            opened.State.Dispose();
            throw Fail(wrong);
        }

        Replace(opened.State);
        _events.OnChanges([new SecretStoreChange(null)]);
    }

    private SecretException Fail(SecretException failure)
    {
        _fault = failure;
        _events.OnFault(failure);
        return failure;
    }

    /// <summary>The gate, held to write.</summary>
    internal readonly ref struct WriteScope(LogFollower follower)
    {
        public void Dispose()
        {
            follower._isWriting = false;
            follower._gate.Exit();
        }
    }
}
