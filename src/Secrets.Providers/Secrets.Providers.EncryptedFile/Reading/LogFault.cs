namespace Secrets;

/// <summary>What is wrong with the file of an open store, while it is, and whether it is worth looking at again. Changed under the follower's gate.</summary>
internal sealed class LogFault(LogEvents events)
{
    // What changes within the resolution of the file system's clock and is as long as before looks the same from outside.
    private const int LooksAtMost = 240;

    private volatile SecretException? _failure;
    private FileStamp? _tried;
    private int _looks;

    /// <summary>Null while nothing is wrong.</summary>
    internal SecretException? Failure => _failure;

    /// <summary>Something is wrong; watchers are told of the first, and a second one takes its place.</summary>
    /// <returns>The failure, to be thrown.</returns>
    internal SecretException Set(SecretException failure)
    {
        bool isFirst = _failure is null;
        _failure = failure;
        if (isFirst)
            events.OnFault(failure);
        return failure;
    }

    /// <summary>All is well again.</summary>
    internal void Clear()
    {
        _failure = null;
        _tried = null;
    }

    /// <summary>Whether the file has changed since it was last tried, or has not been tried for long.</summary>
    internal bool IsWorthATry(FileStamp? now)
    {
        if (now is null || (now == _tried && ++_looks < LooksAtMost))
            return false;
        _tried = now;
        _looks = 0;
        return true;
    }

    /// <summary>The last try told nothing: the medium was away, or the lock was held.</summary>
    internal void ForgetTry() => _tried = null;
}
