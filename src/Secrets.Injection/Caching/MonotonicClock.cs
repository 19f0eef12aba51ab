namespace Secrets;

/// <summary>Time that only goes on, in <see cref="TimeSpan"/> ticks: ages must not depend on somebody setting the wall clock.</summary>
internal sealed class MonotonicClock(TimeProvider time)
{
    private readonly long _origin = time.GetTimestamp();

    internal long Now => time.GetElapsedTime(_origin).Ticks;

    internal DateTimeOffset UtcNow => time.GetUtcNow();

    internal ITimer CreateTimer(Action callback) =>
        time.CreateTimer(static state => ((Action)state!)(), callback, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
