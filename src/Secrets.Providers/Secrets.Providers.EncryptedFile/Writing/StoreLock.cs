namespace Secrets;

/// <summary>
/// The lock that makes one process at a time the writer: a file beside the store, held open exclusively for the length of one commit. The
/// operating system releases it when its holder dies, so a dead owner never keeps anybody waiting. The file itself stays.
/// </summary>
internal sealed class StoreLock(EncryptedFileOptions options)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(0.2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(5);

    private readonly string _path = options.Path + ".lock";

    /// <summary>Waits for the lock.</summary>
    /// <exception cref="SecretException">Reason <c>locked</c>: another process kept it longer than the timeout. Or the lock file cannot be opened.</exception>
    internal IDisposable Acquire()
    {
        long started = options.TimeProvider.GetTimestamp();
        TimeSpan wait = FirstWait;
        while (true)
        {
            if (TryOpen() is { } held)
                return held;
            TimeSpan waited = options.TimeProvider.GetElapsedTime(started);
            if (waited >= options.LockTimeout)
                throw StoreErrors.Locked(options.Path, waited, options.StoreName);
            // Not a blocking lock call: that one cannot be given up. The jitter keeps waiting processes from moving in step.
            Thread.Sleep(wait * (0.5 + Random.Shared.NextDouble()));
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    private IStoreFile? TryOpen()
    {
        try
        {
            return options.Files.TryOpenExclusive(_path);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Taking the lock", _path, options.StoreName);
        }
    }
}
