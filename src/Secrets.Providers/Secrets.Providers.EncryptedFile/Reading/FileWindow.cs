namespace Secrets;

/// <summary>Reads a file front to back in large pieces.</summary>
internal sealed class FileWindow(IStoreFile file, long length, int capacity = FileWindow.DefaultCapacity)
{
    private const int DefaultCapacity = 4 * 1024 * 1024;
    private byte[] _buffer = new byte[(int)Math.Min(capacity, Math.Max(length, FrameHeader.Size))];
    private long _position;
    private int _filled;

    internal long Length => length;

    /// <summary>What of the file is in the window from a position on; never less than was asked for unless the file ends.</summary>
    internal ReadOnlyMemory<byte> At(long position, int wanted)
    {
        wanted = (int)Math.Min(wanted, length - position);
        if (position < _position || position + wanted > _position + _filled)
            Fill(position, wanted);
        return _buffer.AsMemory((int)(position - _position), (int)(_position + _filled - position));
    }

    private void Fill(long position, int wanted)
    {
        if (_buffer.Length < wanted)
            _buffer = new byte[wanted];
        _position = position;
        _filled = file.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, length - position)), position);
        if (_filled < wanted)
            throw new EndOfStreamException("The file became shorter while it was read.");
    }
}
