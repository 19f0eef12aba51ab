namespace Secrets;

/// <summary>
/// Everything that has to happen later, behind one timer. Scheduling again replaces what was scheduled; what is due at one moment is handed
/// over together, so that it can share store calls.
/// </summary>
internal sealed class DueQueue : IDisposable
{
    // A timer per millisecond would serve nobody: what falls due within this shares one call.
    private const long ResolutionTicks = 50 * TimeSpan.TicksPerMillisecond;
    // Fewer left-overs than this are not worth a walk through the queue.
    private const int FewLeftOvers = 64;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<IScheduled, long> _queue = new();
    private readonly MonotonicClock _clock;
    private readonly ITimer _timer;
    private readonly Action<IReadOnlyList<IScheduled>> _onDue;
    private int _leftOvers;
    private long _armedFor = long.MaxValue;
    private bool _isDisposed;

    internal DueQueue(MonotonicClock clock, Action<IReadOnlyList<IScheduled>> onDue)
    {
        _clock = clock;
        _onDue = onDue;
        _timer = clock.CreateTimer(Fire);
    }

    /// <summary>What the queue holds, left-overs of what was scheduled anew included.</summary>
    internal int Length
    {
        get
        {
            lock (_gate)
                return _queue.Count;
        }
    }

    internal void Schedule(IScheduled item, long dueAt)
    {
        lock (_gate)
        {
            if (_isDisposed || item.DueAt == dueAt) return;
            Leave(item);
            item.DueAt = dueAt;
            _queue.Enqueue(item, dueAt);
            if (dueAt < _armedFor) Arm(dueAt);
        }
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
                if (item.DueAt != at)
                {
                    _leftOvers--;
                    continue;
                }

                item.DueAt = 0;
                due.Add(item);
            }
        }

        if (due.Count > 0) _onDue(due);
        lock (_gate)
        {
            while (_queue.TryPeek(out IScheduled? item, out long at) && item.DueAt != at)
            {
                _queue.Dequeue();
                _leftOvers--;
            }

            if (!_isDisposed && _queue.TryPeek(out _, out long next) && next < _armedFor) Arm(next);
        }
    }

    // What is scheduled anew stays where it was, as a number that nobody heeds. Where that happens often (somebody who follows and lets go in a
    // loop), left-overs would pile up until they fall due.
    private void Leave(IScheduled item)
    {
        if (item.DueAt == 0) return;
        _leftOvers++;
        if (_leftOvers <= FewLeftOvers || _leftOvers <= _queue.Count / 2) return;
        List<(IScheduled, long)> live = [.. _queue.UnorderedItems.Where(queued => queued.Element.DueAt == queued.Priority && queued.Element != item)];
        _queue.Clear();
        _queue.EnqueueRange(live);
        _leftOvers = 0;
    }

    private void Arm(long dueAt)
    {
        _armedFor = dueAt;
        long wait = Math.Max(ResolutionTicks, dueAt - _clock.Now);
        _timer.Change(TimeSpan.FromTicks(Math.Min(wait, TimeSpan.TicksPerDay)), Timeout.InfiniteTimeSpan);
    }
}
