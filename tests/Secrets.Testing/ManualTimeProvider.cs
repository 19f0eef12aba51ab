namespace Secrets.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers (so also <c>Task.Delay</c>, <c>CancellationTokenSource</c> and
/// <c>PeriodicTimer</c> over it) fire during <see cref="Advance"/>, on the caller's thread, in the order they are due, each seeing its own
/// due time as now.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waits = [];
    private DateTimeOffset _utcNow;
    private long _elapsedTicks;
    private long _order;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">What it shows first; null for 2030-01-01 00:00 UTC.</param>
    public ManualTimeProvider(DateTimeOffset? start = null) => _utcNow = (start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();

    /// <summary>Timers that will fire if time goes on.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _utcNow;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
            return _elapsedTicks;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass and fires what becomes due, timers that are set meanwhile included.</summary>
    /// <param name="by">How much; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long end;
        lock (_gate)
            end = _elapsedTicks + by.Ticks;
        while (NextDue(end) is { } timer)
            timer.Fire();
        lock (_gate)
            MoveTo(Math.Max(end, _elapsedTicks));
    }

    /// <summary>Sets the wall clock as an administrator would; no time passes and no timer fires.</summary>
    /// <param name="utcNow">What the clock shows from now on.</param>
    public void SetWallClock(DateTimeOffset utcNow)
    {
        lock (_gate)
            _utcNow = utcNow.ToUniversalTime();
    }

    /// <summary>Waits, in real time, until at least so many timers are set: the code under test has reached its delay.</summary>
    /// <param name="count">How many.</param>
    /// <returns>A task that ends as soon as they are.</returns>
    public Task WaitForTimersAsync(int count)
    {
        lock (_gate)
        {
            if (_timers.Count >= count) return Task.CompletedTask;
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((count, reached));
            return reached.Task;
        }
    }

    private ManualTimer? NextDue(long end)
    {
        lock (_gate)
        {
            ManualTimer? next = null;
            foreach (ManualTimer timer in _timers)
            {
                if (timer.Due <= end && (next is null || timer.Due < next.Due || (timer.Due == next.Due && timer.Order < next.Order))) next = timer;
            }

            if (next is null) return null;
            MoveTo(Math.Max(next.Due, _elapsedTicks));
            if (next.Period > TimeSpan.Zero) Schedule(next, _elapsedTicks + next.Period.Ticks);
            else _timers.Remove(next);
            return next;
        }
    }

    private void MoveTo(long elapsedTicks)
    {
        _utcNow += TimeSpan.FromTicks(elapsedTicks - _elapsedTicks);
        _elapsedTicks = elapsedTicks;
    }

    private void Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime == Timeout.InfiniteTimeSpan) return;
            _timers.Add(timer);
            Schedule(timer, _elapsedTicks + dueTime.Ticks);
            foreach ((int count, TaskCompletionSource reached) in _waits.Where(wait => _timers.Count >= wait.Count))
                reached.TrySetResult();
            _waits.RemoveAll(wait => _timers.Count >= wait.Count);
        }
    }

    private void Schedule(ManualTimer timer, long due)
    {
        timer.Due = due;
        timer.Order = _order++;
    }

    private void Remove(ManualTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public long Due { get; set; }

        public long Order { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed) return false;
            clock.Set(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            _disposed = true;
            clock.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
