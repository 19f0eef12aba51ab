using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>An open file of the file system.</summary>
internal sealed class PhysicalFile : IStoreFile
{
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly FileIdentity? _identity;

    internal PhysicalFile(FileStream stream, string path)
    {
        _stream = stream;
        _handle = stream.SafeFileHandle;
        // Only what tells the same of the file and of its path is of use: some network and overlay mounts make up numbers, and an overlay
        // puts another file under the name when somebody writes to one that is open for reading.
        if (stream.CanWrite && FileStatus.IdentityOf(_handle) is { } identity && FileStatus.IdentityAt(path, out _) == identity)
            _identity = identity;
    }

    /// <summary>Whether the path names this file: by identity, or where that is not known by length and time of last change.</summary>
    internal bool IsAt(string path)
    {
        if (_identity is not null)
        {
            FileIdentity? named = FileStatus.IdentityAt(path, out bool isMissing);
            if (named is not null || isMissing)
                return named == _identity;
        }

        FileInfo info = new(path);
        return info.Exists && info.Length == RandomAccess.GetLength(_handle) && info.LastWriteTimeUtc == File.GetLastWriteTimeUtc(_handle);
    }

    public long GetLength() => FileStatus.LengthOf(_handle);

    public int Read(Span<byte> buffer, long position)
    {
        int total = 0;
        while (total < buffer.Length)
        {
            int read = RandomAccess.Read(_handle, buffer[total..], position + total);
            if (read == 0)
                break;
            total += read;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(_handle, bytes, position);

    public void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public void Sync() => DataSync.Sync(_handle);

    public void Dispose() => _stream.Dispose();
}
