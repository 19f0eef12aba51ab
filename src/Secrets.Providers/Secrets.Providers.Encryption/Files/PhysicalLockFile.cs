using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>
/// On Linux the file stays open between turns, and taking it is two system calls; elsewhere it is opened exclusively for each turn. A lock file
/// that somebody deleted meanwhile is another file: the path must still name the one that is held.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="take">What takes the lock of an open file; null says that it has none that could be taken.</param>
internal sealed class PhysicalLockFile(string path, Func<SafeFileHandle, bool?> take) : ILockFile
{
    private FileStream? _file;
    // Kept: the stream seeks whenever it is asked for its handle.
    private SafeFileHandle? _handle;
    private FileIdentity? _identity;

    public bool TryTake()
    {
        if (_handle is not null)
        {
            bool? taken = take(_handle);
            if (taken == false)
                return false;
            if (taken == true && FileStatus.IdentityAt(path, out _) == _identity)
                return true;
            Close();
        }

        return TryOpen();
    }

    public void Release()
    {
        if (_identity is null)
            Close();
        else
            FileLock.Release(_handle!);
    }

    public void Dispose() => Close();

    private bool TryOpen()
    {
        _file = PhysicalFileOperations.TryCreateExclusive(path, take);
        if (_file is null)
            return false;
        _handle = _file.SafeFileHandle;
        _identity = FileStatus.IdentityOf(_handle);
        if (_identity is null || FileStatus.IdentityAt(path, out _) == _identity)
            return true;
        // Deleted or replaced after it was opened: whoever comes next will lock another file.
        Close();
        return false;
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
        _handle = null;
        _identity = null;
    }
}
