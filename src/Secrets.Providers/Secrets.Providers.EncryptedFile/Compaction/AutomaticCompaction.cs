namespace Secrets;

/// <summary>Compacts in the background once more than half of a file is of no use any more.</summary>
internal sealed class AutomaticCompaction(EncryptedFileOptions options, Action<CancellationToken> compact) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private Task _running = Task.CompletedTask;
    private long _notBelow = options.CompactFromBytes ?? long.MaxValue;

    /// <summary>Called after each commit, by one thread at a time.</summary>
    internal void Consider(LogState state)
    {
        if (state.End < _notBelow || state.Applier.LiveBytes > state.End / 2 || !_running.IsCompleted || _closing.IsCancellationRequested)
            return;
        // After a failure (a full disk) the next attempt waits until the file has grown by a quarter.
        _notBelow = Math.Max(options.CompactFromBytes ?? long.MaxValue, state.End + (state.End / 4));
        _running = Task.Run(Run);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        // What went wrong was told, if anybody could be told; closing a store is not where to hear of it.
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private void Run()
    {
        try
        {
            compact(_closing.Token);
            _notBelow = options.CompactFromBytes ?? long.MaxValue;
        }
        catch (OperationCanceledException)
        {
            // The store is being closed; the next one that opens it compacts.
        }
        catch (SecretException failure)
        {
            options.Warn(failure);
        }
        catch (Exception failure)
        {
            // The store is as it was, and nobody asked for this: no reason for whoever closes the store to fail.
            options.Warn(StoreErrors.CompactionFailed(options.Path, options.StoreName, failure));
        }
    }
}
