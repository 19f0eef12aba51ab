namespace Secrets;

/// <summary>
/// Everything that has to happen later, behind one timer. Scheduling again replaces what was scheduled; what is due at one moment is handed
/// over together, so that it can share store calls.
/// </summary>
internal sealed class DueQueue : IDisposable
{
    // A timer per millisecond would serve nobody: what falls due within this shares one call.
    private const long ResolutionTicks = 50 * TimeSpan.TicksPerMillisecond;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<IScheduled, long> _queue = new();
    private readonly MonotonicClock _clock;
    private readonly ITimer _timer;
    private readonly Action<IReadOnlyList<IScheduled>> _onDue;
    private long _armedFor = long.MaxValue;
    private bool _isDisposed;

    internal DueQueue(MonotonicClock clock, Action<IReadOnlyList<IScheduled>> onDue)
    {
        _clock = clock;
        _onDue = onDue;
        _timer = clock.CreateTimer(Fire);
    }

    internal void Schedule(IScheduled item, long dueAt)
    {
        lock (_gate)
        {
            if (_isDisposed || item.DueAt == dueAt) return;
            item.DueAt = dueAt;
            _queue.Enqueue(item, dueAt);
            if (dueAt < _armedFor) Arm(dueAt);
        }
    }

    /// <summary>Takes an item out; it stays in the queue as a number that nobody heeds.</summary>
    internal void Cancel(IScheduled item)
    {
        lock (_gate)
            item.DueAt = 0;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _queue.Clear();
        }

        _timer.Dispose();
    }

    private void Fire()
    {
        List<IScheduled> due = [];
        lock (_gate)
        {
            if (_isDisposed) return;
            long until = _clock.Now;
            _armedFor = long.MaxValue;
            while (_queue.TryPeek(out IScheduled? item, out long at) && at <= until)
            {
                _queue.Dequeue();
                if (item.DueAt != at) continue;
                item.DueAt = 0;
                due.Add(item);
            }
        }

        if (due.Count > 0) _onDue(due);
        lock (_gate)
        {
            while (_queue.TryPeek(out IScheduled? item, out long at) && item.DueAt != at)
                _queue.Dequeue();
            if (!_isDisposed && _queue.TryPeek(out _, out long next) && next < _armedFor) Arm(next);
        }
    }

    private void Arm(long dueAt)
    {
        _armedFor = dueAt;
        long wait = Math.Max(ResolutionTicks, dueAt - _clock.Now);
        _timer.Change(TimeSpan.FromTicks(Math.Min(wait, TimeSpan.TicksPerDay)), Timeout.InfiniteTimeSpan);
    }
}
