namespace Secrets;

/// <summary>
/// Group commit: what comes while a commit is being synced waits and goes together into the next one. Runs on the thread pool only while there
/// is work.
/// </summary>
internal sealed class CommitQueue(Action<IReadOnlyList<Mutation>> commit) : IThreadPoolWorkItem
{
    private const int MaxBatch = 4096;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Mutation> _waiting = [];
    private bool _running;
    private bool _closed;

    /// <summary>Adds a change; false if the queue is closed.</summary>
    internal bool TryAdd(Mutation mutation)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            _waiting.Add(mutation);
            if (_running)
                return true;
            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Takes no more, and ends when what waits is done.</summary>
    internal Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (!_running)
                _drained.TrySetResult();
        }

        return _drained.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TakeBatch() is { } batch)
            commit(batch);
    }

    private List<Mutation>? TakeBatch()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _running = false;
                if (_closed)
                    _drained.TrySetResult();
                return null;
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
