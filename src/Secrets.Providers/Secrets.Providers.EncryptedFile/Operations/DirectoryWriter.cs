using System.Buffers.Binary;
using System.Text;

namespace Secrets;

/// <summary>Writes a directory: entries of code (1 byte), length (4 bytes), body.</summary>
internal sealed class DirectoryWriter
{
    internal const ushort NullLength = ushort.MaxValue;
    private byte[] _buffer = new byte[512];
    private int _length;
    private int _entry;

    internal int Count { get; private set; }

    internal int Length => _length;

    internal ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    internal DirectoryWriter Begin(OperationCode code)
    {
        _entry = _length;
        Count++;
        Grow(5)[0] = (byte)code;
        return this;
    }

    internal void End() => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(_entry + 1), _length - _entry - 5);

    internal DirectoryWriter Add(ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Grow(8), number);
        return this;
    }

    internal DirectoryWriter Add(long number) => Add((ulong)number);

    internal DirectoryWriter Add(uint number)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Grow(4), number);
        return this;
    }

    internal DirectoryWriter Add(ushort number)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Grow(2), number);
        return this;
    }

    internal DirectoryWriter Add(byte number)
    {
        Grow(1)[0] = number;
        return this;
    }

    internal DirectoryWriter Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Grow(bytes.Length));
        return this;
    }

    /// <summary>Adds bytes that are to be changed in place; what it gives is valid until the next call.</summary>
    internal DirectoryWriter Add(ReadOnlySpan<byte> bytes, out Span<byte> placed)
    {
        placed = Grow(bytes.Length);
        bytes.CopyTo(placed);
        return this;
    }

    internal DirectoryWriter Add(Guid id)
    {
        id.TryWriteBytes(Grow(16), bigEndian: true, out _);
        return this;
    }

    internal DirectoryWriter Add(string? text)
    {
        if (text is null)
            return Add(NullLength);
        int count = Encoding.UTF8.GetByteCount(text);
        Add((ushort)count);
        Encoding.UTF8.GetBytes(text, Grow(count));
        return this;
    }

    internal DirectoryWriter Add(SecretAddress address) => Add(address.Scope.Kind).Add(address.Scope.Id).Add(address.Owner).Add(address.Name);

    private Span<byte> Grow(int count)
    {
        if (_buffer.Length - _length < count)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        Span<byte> grown = _buffer.AsSpan(_length, count);
        _length += count;
        return grown;
    }
}
