namespace Secrets;

/// <summary>
/// The lock that makes one process at a time the writer: a file beside the store, held for the length of one commit. The operating system
/// releases it when its holder dies, so a dead owner never keeps anybody waiting. Used under the follower's gate.
/// </summary>
/// <remarks>
/// A process that writes without a pause gives the lock back for microseconds only, and one that looks now and then would hardly ever find it
/// free. So there is a second file, the turn: whoever is next holds it until it has the lock, and whoever comes back has to wait behind.
/// </remarks>
internal sealed class StoreLock(EncryptedFileOptions options) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(0.2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestWaitAsNext = TimeSpan.FromMilliseconds(1);

    private readonly string _path = options.Path + ".lock";
    private readonly ILockFile _lock = options.Files.LockAt(options.Path + ".lock");
    private readonly ILockFile _turn = options.Files.LockAt(options.Path + ".turn");

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="SecretException">Reason <c>locked</c>: another process kept it longer than the timeout. Or the lock file cannot be opened.</exception>
    internal Held Acquire()
    {
        long started = options.TimeProvider.GetTimestamp();
        TimeSpan wait = FirstWait;
        bool isNext = false;
        try
        {
            while (true)
            {
                if (!isNext && Try(_turn))
                {
                    isNext = true;
                    wait = FirstWait;
                }

                if (isNext && Try(_lock))
                    return new Held(_lock);
                TimeSpan waited = options.TimeProvider.GetElapsedTime(started);
                if (waited >= options.LockTimeout)
                    throw StoreErrors.Locked(options.Path, waited, options.StoreName);
                // Not a blocking lock call: that one cannot be given up. The jitter keeps waiting processes from moving in step.
                Thread.Sleep(wait * (0.5 + Random.Shared.NextDouble()));
                wait = Min(wait * 2, isNext ? LongestWaitAsNext : LongestWait);
            }
        }
        finally
        {
            if (isNext)
                _turn.Release();
        }
    }

    /// <summary>Takes the lock if it is free this moment.</summary>
    internal Held? TryAcquire() => Try(_lock) ? new Held(_lock) : null;

    public void Dispose()
    {
        _lock.Dispose();
        _turn.Dispose();
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private bool Try(ILockFile file)
    {
        try
        {
            return file.TryTake();
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Taking the lock", _path, options.StoreName);
        }
    }

    /// <summary>The lock, held until this is disposed.</summary>
    internal readonly struct Held(ILockFile file) : IDisposable
    {
        public void Dispose() => file.Release();
    }
}
