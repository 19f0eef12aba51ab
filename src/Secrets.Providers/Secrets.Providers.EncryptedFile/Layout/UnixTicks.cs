namespace Secrets;

/// <summary>Instants as they are stored: 100-nanosecond units since 1970-01-01T00:00:00Z, so that none is rounded.</summary>
internal static class UnixTicks
{
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.UtcTicks;

    internal static long Of(DateTimeOffset instant) => instant.UtcTicks - Epoch;

    internal static bool TryToDate(long ticks, out DateTimeOffset instant)
    {
        bool valid = ticks >= -Epoch && ticks <= DateTimeOffset.MaxValue.UtcTicks - Epoch;
        instant = valid ? new DateTimeOffset(ticks + Epoch, TimeSpan.Zero) : default;
        return valid;
    }
}
