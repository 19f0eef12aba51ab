using System.Buffers;

namespace Secrets;

/// <summary>A growing buffer for plaintext: pooled, and cleared before every array goes back to the pool.</summary>
internal sealed class SecretCharBuffer : IBufferWriter<char>, IDisposable
{
    private const int InitialLength = 256;

    private char[] _chars = ArrayPool<char>.Shared.Rent(InitialLength);

    internal int Length { get; private set; }

    internal ReadOnlySpan<char> Written => _chars.AsSpan(0, Length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _chars.Length - Length);
        Length += count;
    }

    public Memory<char> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _chars.AsMemory(Length);
    }

    public Span<char> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _chars.AsSpan(Length);
    }

    /// <summary>Forgets what was written, and wipes it.</summary>
    internal void Clear()
    {
        _chars.AsSpan(0, Length).Clear();
        Length = 0;
    }

    public void Dispose()
    {
        Return(_chars);
        _chars = [];
        Length = 0;
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        int needed = checked(Length + Math.Max(sizeHint, 1));
        if (needed <= _chars.Length) return;
        char[] larger = ArrayPool<char>.Shared.Rent((int)Math.Max(needed, Math.Min(_chars.Length * 2L, Array.MaxLength)));
        Written.CopyTo(larger);
        Return(_chars);
        _chars = larger;
    }

    private static void Return(char[] chars)
    {
        if (chars.Length == 0) return;
        // The whole array: an encoder may have written beyond what it advanced by.
        chars.AsSpan().Clear();
        ArrayPool<char>.Shared.Return(chars);
    }
}
