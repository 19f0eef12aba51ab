namespace Secrets;

/// <summary>Reads a file front to back in large pieces.</summary>
internal sealed class FileWindow(IStoreFile file, long length, int capacity = FileWindow.DefaultCapacity)
{
    /// <summary>For reading on where only a commit or two are new.</summary>
    internal const int SmallCapacity = 64 * 1024;
    private const int DefaultCapacity = 4 * 1024 * 1024;
    private byte[] _buffer = new byte[(int)Math.Min(capacity, Math.Max(length, FrameHeader.Size))];
    private long _position;
    private int _filled;

    /// <summary>Up to where there is something to read; less than at first if the file was cut meanwhile.</summary>
    internal long Length { get; private set; } = length;

    /// <summary>How much is in the window from a position on; looks at nothing.</summary>
    internal long Holds(long position) => position < _position ? 0 : Math.Max(0, _position + _filled - position);

    /// <summary>What of the file is in the window from a position on; never less than was asked for unless the file ends.</summary>
    internal ReadOnlyMemory<byte> At(long position, int wanted)
    {
        wanted = (int)Math.Clamp(Length - position, 0, wanted);
        if (position < _position || position + wanted > _position + _filled)
            Fill(position, wanted);
        long there = _position + _filled - position;
        return there <= 0 ? default : _buffer.AsMemory((int)(position - _position), (int)there);
    }

    // Shorter than it was: a writer cut off a torn tail or the space that it had reserved. No frame that counts is lost by either.
    private void Fill(long position, int wanted)
    {
        if (_buffer.Length < wanted)
            _buffer = new byte[wanted];
        _position = position;
        int most = (int)Math.Min(_buffer.Length, Length - position);
        _filled = file.Read(_buffer.AsSpan(0, most), position);
        if (_filled < most)
            Length = position + _filled;
    }
}
