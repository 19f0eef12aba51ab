using Microsoft.Win32.SafeHandles;

namespace Secrets;

internal sealed class PhysicalFileOperations : IFileOperations
{
    internal static readonly PhysicalFileOperations Instance = new();

    // Others read, append, and replace the file while we hold it open.
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    public IStoreFile Open(string path, bool writable)
    {
        RefuseLink(path);
        return new PhysicalFile(new FileStream(path, FileMode.Open, writable ? FileAccess.ReadWrite : FileAccess.Read, Shared, bufferSize: 0), path);
    }

    // Shared, so that whoever wants it exclusively sees that it is in use: what TryOpenExclusive asks for.
    public IStoreFile CreateNew(string path)
    {
        FileStream stream = Create(path, FileMode.CreateNew, Shared);
        if (!OperatingSystem.IsWindows())
            FileLock.TryShare(stream.SafeFileHandle);
        return new PhysicalFile(stream, path);
    }

    public IStoreFile OpenKey(string path, out UnixFileMode mode)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, Shared, bufferSize: 0);
        try
        {
            // Asked of the open file, not of the path, so that nobody can swap the file in between.
            mode = OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(stream.SafeFileHandle);
            return new PhysicalFile(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public ILockFile LockAt(string path) => new PhysicalLockFile(path, FileLock.TryTake);

    public IStoreFile? TryOpenExclusive(string path) => TryCreateExclusive(path, FileLock.TryTake) is { } stream ? new PhysicalFile(stream, path) : null;

    public bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;

    // Not a search pattern: the name may hold * or ?.
    public IReadOnlyList<string> List(string directory, string prefix) =>
        [.. Directory.EnumerateFiles(directory).Where(path => Path.GetFileName(path.AsSpan()).StartsWith(prefix, StringComparison.Ordinal))];

    public void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    public void MoveNew(string from, string to) => NewName.Give(from, to);

    public bool IsAt(IStoreFile file, string path) => ((PhysicalFile)file).IsAt(path);

    public FileStamp? StampOf(string path)
    {
        FileInfo info = new(path);
        return info.Exists ? new FileStamp(FileStatus.IdentityAt(path, out _)?.Inode ?? 0, info.Length, info.LastWriteTimeUtc) : null;
    }

    public void Delete(string path) => File.Delete(path);

    public void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void SyncDirectory(string directory) => DirectorySync.Sync(directory);

    /// <summary>Opens or creates a file for this process alone; null while another holds it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="take">What takes the lock of an open file (<see cref="FileLock.TryTake(SafeFileHandle)"/>).</param>
    /// <exception cref="LockUnsupportedException">Nobody could be kept from opening it too.</exception>
    internal static FileStream? TryCreateExclusive(string path, Func<SafeFileHandle, bool?> take)
    {
        RefuseLink(path);
        FileStream stream;
        try
        {
            stream = Create(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException failure) when (FileErrors.IsSharingViolation(failure))
        {
            return null;
        }

        // On Windows it is the opening that excludes. Elsewhere .NET has taken the lock, unless it was told not to (DOTNET_SYSTEM_IO_DISABLEFILELOCKING)
        // or the file system refused; it says nothing of either. Who holds it already gets it again.
        bool? taken = OperatingSystem.IsWindows() ? true : take(stream.SafeFileHandle);
        if (taken == true)
            return stream;
        stream.Dispose();
        return taken == false ? null : throw new LockUnsupportedException(path);
    }

    private static FileStream Create(string path, FileMode mode, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    // A link would let whoever can write the directory point the store elsewhere, and a replace would put a file where the link was.
    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
            throw new PathIsLinkException(path, target);
    }
}
