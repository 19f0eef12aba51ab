using System.Buffers;
using System.Text;

namespace Secrets;

/// <summary>Masks what is written to it on the way to another writer.</summary>
/// <remarks>Holds back and gives up as <see cref="MaskingStream"/> does. Not safe for concurrent use.</remarks>
public sealed class MaskingTextWriter : TextWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly MaskCursor _cursor;
    private readonly TextWriter _inner;
    private readonly bool _leaveOpen;
    private char _highSurrogate;
    private bool _disposed;

    internal MaskingTextWriter(SecretMasker masker, TextWriter inner, bool leaveOpen)
        : base(inner?.FormatProvider)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _cursor = new MaskCursor(masker);
        _inner = inner;
        _leaveOpen = leaveOpen;
        CoreNewLine = inner.NewLine.ToCharArray();
    }

    /// <inheritdoc/>
    public override Encoding Encoding => _inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.IsEmpty) return;
        // A pair that the caller split over two writes must be one character again before it is looked at.
        bool pending = _highSurrogate != '\0';
        char[] chars = ArrayPool<char>.Shared.Rent(buffer.Length + 1);
        if (pending) chars[0] = _highSurrogate;
        buffer.CopyTo(chars.AsSpan(pending ? 1 : 0));
        int length = buffer.Length + (pending ? 1 : 0);
        _highSurrogate = char.IsHighSurrogate(chars[length - 1]) ? chars[--length] : '\0';
        Feed(chars.AsSpan(0, length));
        chars.AsSpan().Clear();
        ArrayPool<char>.Shared.Return(chars);
        WriteOut();
    }

    /// <summary>Says that the output has ended here: what was held back is written. More may follow; it is looked at as a new output.</summary>
    public void Complete()
    {
        if (_highSurrogate != '\0') Feed([_highSurrogate]);
        _highSurrogate = '\0';
        _cursor.Complete(_buffer);
        WriteOut();
        _inner.Flush();
    }

    /// <inheritdoc/>
    public override void Flush() => _inner.Flush();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            Complete();
            _disposed = true;
            _buffer.Clear();
            if (!_leaveOpen) _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Feed(ReadOnlySpan<char> chars)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Wtf8.MaxByteCount(chars.Length));
        int length = Wtf8.Encode(chars, bytes);
        _cursor.Write(bytes.AsSpan(0, length), _buffer);
        bytes.AsSpan().Clear();
        ArrayPool<byte>.Shared.Return(bytes);
    }

    private void WriteOut()
    {
        if (_buffer.WrittenCount > 0) _inner.Write(Wtf8.Decode(_buffer.WrittenSpan));
        _buffer.ResetWrittenCount();
    }
}
