namespace Secrets;

/// <summary>An open file, addressed by position. Safe to read from any thread; written by one at a time.</summary>
internal interface IStoreFile : IDisposable
{
    long GetLength();

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    int Read(Span<byte> buffer, long position);

    void Write(ReadOnlySpan<byte> bytes, long position);

    void SetLength(long length);

    /// <summary>Returns when what was written is on the medium.</summary>
    void Sync();
}
