namespace Secrets;

/// <summary>One change that waits to be committed. Many share one frame and one sync.</summary>
internal abstract class Mutation : IThreadPoolWorkItem
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Abandoned = 2;

    // Whoever waits goes on where this is answered, which the queue chooses.
    private readonly TaskCompletionSource<SecretProperties?> _done = new();
    private SecretProperties? _result;
    private Exception? _failure;
    private int _phase;

    internal Task<SecretProperties?> Done => _done.Task;

    /// <summary>What it touches; two that touch the same address go into different frames, so that each sees the other's outcome.</summary>
    internal virtual SecretAddress? Address => null;

    /// <summary>A second address, for a move.</summary>
    internal virtual SecretAddress? OtherAddress => null;

    /// <summary>Whether it must be the only one in its frame.</summary>
    internal virtual bool IsAlone => false;

    /// <summary>Whether what it makes unreadable must be overwritten before it counts as done.</summary>
    internal virtual bool ErasesAtOnce => false;

    /// <summary>
    /// Checks its condition against the state and adds its operations. Runs under the store's lock, before anything is written.
    /// </summary>
    /// <exception cref="SecretException">The condition does not hold; nothing was added.</exception>
    internal abstract void Stage(LogState state, FrameBuilder frame);

    /// <summary>What to answer, asked of the state that holds the change.</summary>
    internal virtual SecretProperties? Result(LogState state) => null;

    /// <summary>Begins the commit; false if the caller has given up before.</summary>
    internal bool TryTake() => Interlocked.CompareExchange(ref _phase, Taken, Waiting) == Waiting;

    /// <summary>Gives up; false if the commit has begun and will end one way or the other.</summary>
    internal bool TryAbandon(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _phase, Abandoned, Waiting) != Waiting)
            return false;
        _failure = new OperationCanceledException(cancellationToken);
        // Not on the thread that cancels, which may hold locks.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    internal void Remember(SecretProperties? result) => _result = result;

    /// <summary>Notes why it did not go in; the first reason stays.</summary>
    internal void Refuse(Exception failure) => _failure ??= failure;

    /// <summary>Tells whoever waits, on this thread.</summary>
    internal void Answer()
    {
        if (_failure is OperationCanceledException cancelled)
            _done.TrySetCanceled(cancelled.CancellationToken);
        else if (_failure is not null)
            _done.TrySetException(_failure);
        else
            _done.TrySetResult(_result);
    }

    void IThreadPoolWorkItem.Execute() => Answer();

    internal bool Touches(HashSet<SecretAddress> addresses) =>
        (Address is { } address && addresses.Contains(address)) || (OtherAddress is { } other && addresses.Contains(other));

    internal void AddTo(HashSet<SecretAddress> addresses)
    {
        if (Address is { } address) addresses.Add(address);
        if (OtherAddress is { } other) addresses.Add(other);
    }
}
