using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>One follower: its changes, one at a time, in order, on the thread pool.</summary>
internal sealed class ChangeSubscription(Action<SecretChange> onChange, ILogger log, Action<ChangeSubscription> onDispose) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<SecretChange> _changes = new();
    private bool _isRunning;
    private bool _isDisposed;

    internal void Publish(SecretChange change)
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _changes.Enqueue(change);
            if (_isRunning) return;
            _isRunning = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static subscription => subscription.Run(), this, preferLocal: false);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _changes.Clear();
        }

        onDispose(this);
    }

    private void Run()
    {
        while (Next() is { } change)
        {
            try
            {
                onChange(change);
            }
            catch (Exception error)
            {
                // One follower's fault must reach neither the others nor the refresh that it came from.
                ClientLog.FollowerFailed(log, error.GetType().Name, change.Lookup.Name);
            }
        }
    }

    private SecretChange? Next()
    {
        lock (_gate)
        {
            if (_changes.TryDequeue(out SecretChange? change)) return change;
            _isRunning = false;
            return null;
        }
    }
}
