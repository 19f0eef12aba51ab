using System.Buffers.Binary;
using System.Text;

namespace Secrets;

/// <summary>
/// What a sealed record is bound to: the fields that together say "this record, at this place, in this store", in one canonical form. A
/// record opens only with the context that it was sealed with.
/// </summary>
/// <remarks>
/// Every field is written as its length (4 bytes, little-endian) and its bytes, so that no two different lists of fields give the same bytes.
/// A null is the length 0xFFFFFFFF. Integers are 8 bytes, little-endian. Not safe to use from several threads at once.
/// </remarks>
public sealed class SealContext
{
    private const uint NullLength = uint.MaxValue;
    private byte[] _buffer = new byte[256];
    private int _length;

    /// <summary>Begins a context.</summary>
    /// <param name="kind">What kind of record this is: a short ASCII word.</param>
    /// <param name="storeId">The store it belongs to.</param>
    public SealContext(string kind, Guid storeId)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        Add(kind);
        Span<byte> id = stackalloc byte[16];
        storeId.TryWriteBytes(id, bigEndian: true, out _);
        Add(id);
    }

    /// <summary>The canonical bytes so far.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>Adds a field of bytes.</summary>
    /// <param name="bytes">The field; may be empty.</param>
    /// <returns>This context.</returns>
    public SealContext Add(ReadOnlySpan<byte> bytes)
    {
        Span<byte> field = Grow(4 + bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(field, (uint)bytes.Length);
        bytes.CopyTo(field[4..]);
        return this;
    }

    /// <summary>Adds a field of text, as UTF-8.</summary>
    /// <param name="text">The field; null and empty are different fields.</param>
    /// <returns>This context.</returns>
    public SealContext Add(string? text)
    {
        if (text is null)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Grow(4), NullLength);
            return this;
        }

        int count = Encoding.UTF8.GetByteCount(text);
        Span<byte> field = Grow(4 + count);
        BinaryPrimitives.WriteUInt32LittleEndian(field, (uint)count);
        Encoding.UTF8.GetBytes(text, field[4..]);
        return this;
    }

    /// <summary>Adds an integer field.</summary>
    /// <param name="number">The field; null and zero are different fields.</param>
    /// <returns>This context.</returns>
    public SealContext Add(long? number)
    {
        if (number is null)
            return Add((string?)null);
        Span<byte> field = Grow(12);
        BinaryPrimitives.WriteUInt32LittleEndian(field, 8);
        BinaryPrimitives.WriteInt64LittleEndian(field[4..], number.Value);
        return this;
    }

    private Span<byte> Grow(int count)
    {
        if (_buffer.Length - _length < count)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        Span<byte> grown = _buffer.AsSpan(_length, count);
        _length += count;
        return grown;
    }
}
