namespace Secrets.Providers.EncryptedFile.Tests.Tampering;

/// <summary>A file that is nothing but bytes, to be opened for reading: so quick that millions can be tried.</summary>
internal sealed class FileImage(byte[] bytes) : IFileOperations, IStoreFile
{
    public IStoreFile Open(string path, bool writable) => writable ? throw Refused() : this;

    public IStoreFile OpenKey(string path, out UnixFileMode mode) => throw Refused();

    public bool Exists(string path) => true;

    public bool IsAt(IStoreFile file, string path) => file == this;

    public long GetLength() => bytes.Length;

    public int Read(Span<byte> buffer, long position)
    {
        ReadOnlySpan<byte> there = position >= bytes.Length ? default : bytes.AsSpan((int)position);
        there = there[..Math.Min(there.Length, buffer.Length)];
        there.CopyTo(buffer);
        return there.Length;
    }

    public FileStamp? StampOf(string path) => new FileStamp(0, bytes.Length, default);

    public void Dispose()
    {
    }

    public IStoreFile CreateNew(string path) => throw Refused();

    public IStoreFile? TryOpenExclusive(string path) => throw Refused();

    public ILockFile LockAt(string path) => throw Refused();

    public IReadOnlyList<string> List(string directory, string prefix) => throw Refused();

    public void Replace(string from, string to) => throw Refused();

    public void MoveNew(string from, string to) => throw Refused();

    public void Delete(string path) => throw Refused();

    public void CreateDirectory(string directory) => throw Refused();

    public void SyncDirectory(string directory) => throw Refused();

    public void Write(ReadOnlySpan<byte> written, long position) => throw Refused();

    public void SetLength(long length) => throw Refused();

    public void Sync() => throw Refused();

    private static InvalidOperationException Refused() => new("An image is read and nothing else.");
}
