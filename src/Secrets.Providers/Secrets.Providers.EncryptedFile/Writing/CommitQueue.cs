namespace Secrets;

/// <summary>
/// Group commit: what comes while a commit is being synced waits and goes together into the next one. Runs only while there is work: on the
/// thread pool for one writer after the other, on a thread of its own when many write at once, because a pool thread that waits for the
/// medium is one that could seal for the next commit.
/// </summary>
internal sealed class CommitQueue(Func<IReadOnlyList<Mutation>, List<Mutation>> commit) : IThreadPoolWorkItem
{
    private const int MaxBatch = 4096;
    private const int Many = 2;
    private const int LoneBatches = 8;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _more = new(0);
    private List<Mutation> _waiting = [];
    private bool _running;
    private bool _lingering;
    private bool _closed;

    /// <summary>Adds a change; false if the queue is closed.</summary>
    internal bool TryAdd(Mutation mutation)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            _waiting.Add(mutation);
            if (_lingering)
                EndLinger();
            if (_running)
                return true;
            _running = true;
        }

        // A writer that awaits leaves its thread free at once, which then is the one with everything in its cache.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        return true;
    }

    /// <summary>Takes no more, and ends when what waits is done.</summary>
    internal Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_lingering)
                EndLinger();
            if (!_running)
                _drained.TrySetResult();
        }

        return _drained.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TakeBatch() is { } batch)
        {
            List<Mutation> settled = commit(batch);
            // The one writer goes on here, where all is in the cache; two turns through the pool cost a tenth of a commit.
            if (settled.Count == 1 && TryEnd())
            {
                settled[0].Answer();
                return;
            }

            Answer(settled);
            if (HaveManyCome() && TryBeginThread())
                return;
        }
    }

    private static void Answer(List<Mutation> settled)
    {
        foreach (Mutation mutation in settled)
            ThreadPool.UnsafeQueueUserWorkItem(mutation, preferLocal: true);
    }

    private bool TryBeginThread()
    {
        try
        {
            new Thread(RunForMany) { IsBackground = true, Name = "Secrets commits" }.UnsafeStart();
            return true;
        }
        catch (OutOfMemoryException)
        {
            // What .NET says when a container may have no more threads. Commits then go on where they are.
            return false;
        }
    }

    private void RunForMany()
    {
        int lone = 0;
        while (lone < LoneBatches)
        {
            AwaitMore();
            if (TakeBatch() is not { } batch)
                return;
            Answer(commit(batch));
            lone = batch.Count == 1 ? lone + 1 : 0;
        }

        // Only one writer is left, which is served quicker where its continuation runs.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool HaveManyCome()
    {
        lock (_gate)
        {
            return _waiting.Count >= Many;
        }
    }

    // All writers of a batch were answered just now and are sealing their next ones.
    private void AwaitMore()
    {
        lock (_gate)
        {
            _lingering = _waiting.Count == 0 && !_closed;
            if (!_lingering)
                return;
        }

        if (_more.Wait(Linger))
            return;
        lock (_gate)
        {
            if (_lingering)
            {
                _lingering = false;
                return;
            }
        }

        _more.Wait();
    }

    private void EndLinger()
    {
        _lingering = false;
        _more.Release();
    }

    // Reentrant: the batch that comes next asks under the gate.
    private bool TryEnd()
    {
        lock (_gate)
        {
            if (_waiting.Count > 0)
                return false;
            _running = false;
            if (_closed)
                _drained.TrySetResult();
            return true;
        }
    }

    private List<Mutation>? TakeBatch()
    {
        lock (_gate)
        {
            if (TryEnd())
                return null;

            if (_waiting.Count == 1)
            {
                List<Mutation> alone = _waiting;
                _waiting = [];
                return alone;
            }

            List<Mutation> batch = [];
            List<Mutation> later = [];
            HashSet<SecretAddress> touched = new(AddressComparer.Instance);
            foreach (Mutation mutation in _waiting)
            {
                bool fits = batch.Count < MaxBatch && !mutation.Touches(touched)
                    && (batch.Count == 0 || (!mutation.IsAlone && !batch[0].IsAlone));
                mutation.AddTo(touched);
                (fits ? batch : later).Add(mutation);
            }

            _waiting = later;
            return batch;
        }
    }
}
