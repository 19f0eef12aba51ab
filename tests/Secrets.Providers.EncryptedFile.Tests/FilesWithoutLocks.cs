namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>The file system, but none of its files can be locked, as on some mounts.</summary>
internal sealed class FilesWithoutLocks : IFileOperations
{
    private readonly PhysicalFileOperations _files = PhysicalFileOperations.Instance;

    public ILockFile LockAt(string path) => new PhysicalLockFile(path, static _ => null);

    public IStoreFile? TryOpenExclusive(string path) => throw new LockUnsupportedException(path);

    public IStoreFile Open(string path, bool writable) => _files.Open(path, writable);

    public IStoreFile OpenKey(string path, out UnixFileMode mode) => _files.OpenKey(path, out mode);

    public IStoreFile CreateNew(string path) => _files.CreateNew(path);

    public bool Exists(string path) => _files.Exists(path);

    public IReadOnlyList<string> List(string directory, string prefix) => _files.List(directory, prefix);

    public void Replace(string from, string to) => _files.Replace(from, to);

    public void MoveNew(string from, string to) => _files.MoveNew(from, to);

    public bool IsAt(IStoreFile file, string path) => _files.IsAt(file, path);

    public void Delete(string path) => _files.Delete(path);

    public void CreateDirectory(string directory) => _files.CreateDirectory(directory);

    public void SyncDirectory(string directory) => _files.SyncDirectory(directory);
}
