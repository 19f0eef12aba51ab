namespace Secrets;

/// <summary>
/// Stops asking a store that fails whatever it is asked: after five failures in a row it is left alone for a second, then for twice as long
/// each time, 30 seconds at most; after each pause one call tries.
/// </summary>
internal sealed class StoreCircuit(string storeName, MonotonicClock clock)
{
    private const int FailuresToOpen = 5;
    private const int LongestPauseSeconds = 30;

    private readonly Lock _gate = new();
    private int _failures;
    private long _openUntil;
    private bool _isProbing;
    private SecretAddress? _onlyAddress;

    internal string StoreName { get; } = storeName;

    internal bool IsOpen
    {
        get
        {
            lock (_gate)
                return _failures >= FailuresToOpen;
        }
    }

    /// <summary>Whether a call may go ahead; if not, how long the store is left alone.</summary>
    internal bool TryEnter(out TimeSpan pause)
    {
        lock (_gate)
        {
            pause = TimeSpan.Zero;
            if (_failures < FailuresToOpen) return true;
            long left = _openUntil - clock.Now;
            if (left <= 0 && !_isProbing)
            {
                _isProbing = true;
                return true;
            }

            pause = TimeSpan.FromTicks(Math.Max(left, TimeSpan.TicksPerMillisecond));
            return false;
        }
    }

    internal void Succeeded()
    {
        lock (_gate)
            (_failures, _isProbing, _onlyAddress) = (0, false, null);
    }

    /// <summary>A call ended without saying anything about the store.</summary>
    internal void Abandoned()
    {
        lock (_gate)
            _isProbing = false;
    }

    /// <summary>A call failed.</summary>
    /// <param name="only">The one secret that failed in an otherwise good call; null if the call failed as a whole, or for several.</param>
    internal void Failed(SecretAddress? only = null)
    {
        lock (_gate)
        {
            _isProbing = false;
            // The same single secret again says nothing about the store: its own back-off deals with it.
            if (only is not null && _failures > 0 && _onlyAddress == only) return;
            _onlyAddress = only;
            _failures++;
            if (_failures < FailuresToOpen) return;
            double seconds = Math.Min(LongestPauseSeconds, Math.Pow(2, Math.Min(_failures - FailuresToOpen, 10)));
            _openUntil = clock.Now + TimeSpan.FromSeconds(seconds).Ticks;
        }
    }
}
