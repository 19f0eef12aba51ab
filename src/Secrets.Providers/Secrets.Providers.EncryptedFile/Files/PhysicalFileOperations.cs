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

    public IStoreFile CreateNew(string path) => new PhysicalFile(Create(path, FileMode.CreateNew, Shared), path);

    public ILockFile LockAt(string path) => new PhysicalLockFile(path);

    public IStoreFile? TryOpenExclusive(string path) => TryCreateExclusive(path) is { } stream ? new PhysicalFile(stream, path) : null;

    public bool Exists(string path) => File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null;

    // Not a search pattern: the name may hold * or ?.
    public IReadOnlyList<string> List(string directory, string prefix) =>
        [.. Directory.EnumerateFiles(directory).Where(path => Path.GetFileName(path.AsSpan()).StartsWith(prefix, StringComparison.Ordinal))];

    public void Replace(string from, string to) => File.Move(from, to, overwrite: true);

    public void MoveNew(string from, string to) => File.Move(from, to, overwrite: false);

    public bool IsAt(IStoreFile file, string path) => ((PhysicalFile)file).IsAt(path);

    public FileStamp? StampOf(string path)
    {
        FileInfo info = new(path);
        return info.Exists ? new FileStamp(FileIdentity.At(path, out _)?.Inode ?? 0, info.Length, info.LastWriteTimeUtc) : null;
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
    internal static FileStream? TryCreateExclusive(string path)
    {
        RefuseLink(path);
        try
        {
            return Create(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException failure) when (FileErrors.IsSharingViolation(failure))
        {
            return null;
        }
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
