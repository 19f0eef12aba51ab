namespace Secrets;

/// <summary>Calls of one kind wait inside the store until the hold is disposed: the way to have many callers meet in one moment.</summary>
/// <remarks>Safe to use from any thread.</remarks>
public sealed class InMemoryHold : IDisposable
{
    private readonly Lock _gate = new();
    private readonly InMemoryFaults _faults;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Count, TaskCompletionSource Reached)> _waits = [];
    private int _held;

    internal InMemoryHold(InMemoryFaults faults, InMemoryOperation operation)
    {
        _faults = faults;
        Operation = operation;
    }

    /// <summary>Which calls wait.</summary>
    public InMemoryOperation Operation { get; }

    /// <summary>How many calls have come to wait here so far.</summary>
    public int Held
    {
        get
        {
            lock (_gate)
                return _held;
        }
    }

    /// <summary>Waits until so many calls have come to wait here.</summary>
    /// <param name="count">How many; 1 or more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they have.</returns>
    public Task WhenHeldAsync(int count = 1, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_held >= count) return Task.CompletedTask;
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Lets the waiting calls go on, and stops holding new ones.</summary>
    public void Dispose()
    {
        _faults.Remove(this);
        _released.TrySetResult();
    }

    internal Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _held++;
            foreach ((int count, TaskCompletionSource reached) in _waits)
            {
                if (_held >= count) reached.TrySetResult();
            }
        }

        return _released.Task.WaitAsync(cancellationToken);
    }
}
