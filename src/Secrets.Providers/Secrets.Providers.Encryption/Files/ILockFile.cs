namespace Secrets;

/// <summary>A file that one process at a time holds. Disposing it gives it back. Used by one thread at a time.</summary>
internal interface ILockFile : IDisposable
{
    /// <summary>Takes it if nobody holds it; the file is made if it is not there.</summary>
    bool TryTake();

    /// <summary>Gives it back. The holder's death does so too.</summary>
    void Release();
}
