namespace Secrets;

/// <summary>What everybody passes who changes what is known of the file. Reads do not wait here for a commit's disk.</summary>
internal sealed class FollowerGate
{
    private readonly Lock _lock = new();
    private volatile bool _isWriting;

    internal bool TryEnter() => _lock.TryEnter();

    internal void Exit() => _lock.Exit();

    /// <summary>Waits, and keeps it until disposed; reads go on meanwhile with what is known.</summary>
    internal WriteScope EnterToWrite()
    {
        _lock.Enter();
        _isWriting = true;
        return new WriteScope(this);
    }

    /// <summary>
    /// A commit reads on before it writes, and no reader waits for its disk. Another look is short and may have measured the file before it
    /// grew: what was acknowledged elsewhere before this read began must be in its answer.
    /// </summary>
    internal bool TryEnterUnlessWriting()
    {
        SpinWait wait = default;
        while (!_lock.TryEnter())
        {
            if (_isWriting)
                return false;
            wait.SpinOnce();
        }

        return true;
    }

    /// <summary>The gate, held to write.</summary>
    internal readonly ref struct WriteScope(FollowerGate gate)
    {
        public void Dispose()
        {
            gate._isWriting = false;
            gate._lock.Exit();
        }
    }
}
