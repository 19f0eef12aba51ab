namespace Secrets;

/// <summary>
/// Makes few store calls of many reads: what is asked in the same moment goes down together, up to the store's batch size, with no more calls
/// at once than the store wants. What has to wait for a free call goes down with what came meanwhile.
/// </summary>
internal sealed class ReadCoalescer
{
    private readonly Lock _gate = new();
    private readonly Queue<ReadTicket> _waiting = new();
    private readonly Func<ReadTicket[], Task> _send;
    private readonly int _batchSize;
    private readonly int _maxCalls;
    private int _calls;
    private bool _isDispatchQueued;

    /// <param name="capabilities">The store's.</param>
    /// <param name="send">Makes one call and completes its tickets; never throws.</param>
    internal ReadCoalescer(SecretStoreCapabilities capabilities, Func<ReadTicket[], Task> send)
    {
        _send = send;
        _batchSize = capabilities.Has(SecretStoreFeatures.BatchRead) ? Math.Max(1, capabilities.MaxBatchSize) : 1;
        _maxCalls = Math.Max(1, capabilities.MaxConcurrency);
    }

    /// <summary>Queues reads.</summary>
    /// <param name="tickets">The reads.</param>
    /// <param name="alone">
    /// True for a single read that others may follow in the same moment: it is sent from the thread pool a moment later. False for what is a
    /// batch already: it is sent at once, on this thread.
    /// </param>
    internal void Enqueue(ReadOnlySpan<ReadTicket> tickets, bool alone)
    {
        lock (_gate)
        {
            foreach (ReadTicket ticket in tickets)
                _waiting.Enqueue(ticket);
            if (alone)
            {
                QueueDispatch();
                return;
            }
        }

        Dispatch();
    }

    private void QueueDispatch()
    {
        if (_isDispatchQueued || _calls >= _maxCalls || _waiting.Count == 0) return;
        _isDispatchQueued = true;
        ThreadPool.UnsafeQueueUserWorkItem(static coalescer => coalescer.DispatchQueued(), this, preferLocal: false);
    }

    private void DispatchQueued()
    {
        lock (_gate)
            _isDispatchQueued = false;
        Dispatch();
    }

    private void Dispatch()
    {
        while (TakeBatch() is { } batch)
            _ = RunAsync(batch);
    }

    private ReadTicket[]? TakeBatch()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 || _calls >= _maxCalls) return null;
            ReadTicket[] batch = new ReadTicket[Math.Min(_batchSize, _waiting.Count)];
            for (int i = 0; i < batch.Length; i++)
                batch[i] = _waiting.Dequeue();
            _calls++;
            return batch;
        }
    }

    private async Task RunAsync(ReadTicket[] batch)
    {
        try
        {
            await _send(batch).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _calls--;
                QueueDispatch();
            }
        }
    }
}
