using System.Buffers;

namespace Secrets;

/// <summary>
/// Masks what is written to it on the way to another stream. It never reads.
/// </summary>
/// <remarks>
/// Holds back only the end of the output that may be the beginning of a value, and only until more output decides it. Flushing does not give
/// it up, or a value that is written in pieces would show; disposing, or <see cref="Complete"/>, does. Not safe for concurrent use.
/// </remarks>
public sealed class MaskingStream : Stream
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly MaskCursor _cursor;
    private readonly Stream _inner;
    private readonly bool _leaveOpen;
    private bool _disposed;

    internal MaskingStream(SecretMasker masker, Stream inner, bool leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _cursor = new MaskCursor(masker);
        _inner = inner;
        _leaveOpen = leaveOpen;
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !_disposed;

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _cursor.Write(buffer, _buffer);
        WriteOut();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _cursor.Write(buffer.Span, _buffer);
        if (_buffer.WrittenCount > 0) await _inner.WriteAsync(_buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        _buffer.ResetWrittenCount();
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Says that the output has ended here: what was held back is written. More may follow; it is looked at as a new output.</summary>
    public void Complete()
    {
        _cursor.Complete(_buffer);
        WriteOut();
        _inner.Flush();
    }

    /// <inheritdoc/>
    public override void Flush() => _inner.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void SetLength(long value) => throw new NotSupportedException();

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

    private void WriteOut()
    {
        if (_buffer.WrittenCount > 0) _inner.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
