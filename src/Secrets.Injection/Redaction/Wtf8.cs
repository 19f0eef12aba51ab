using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Secrets;

/// <summary>
/// UTF-8 in which a lone surrogate is three bytes like any other char of its size, so that every .NET string goes there and back unchanged.
/// </summary>
internal static class Wtf8
{
    internal static int MaxByteCount(int chars) => checked(chars * 3);

    internal static int Encode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            Utf8.FromUtf16(text, destination[written..], out int charsRead, out int bytesWritten, replaceInvalidSequences: false);
            written += bytesWritten;
            if (charsRead == text.Length) return written;
            char lone = text[charsRead];
            destination[written++] = (byte)(0xE0 | (lone >> 12));
            destination[written++] = (byte)(0x80 | ((lone >> 6) & 0x3F));
            destination[written++] = (byte)(0x80 | (lone & 0x3F));
            text = text[(charsRead + 1)..];
        }
    }

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        char[] buffer = ArrayPool<char>.Shared.Rent(Math.Max(1, bytes.Length));
        while (true)
        {
            Utf8.ToUtf16(bytes, buffer, out int bytesRead, out int charsWritten, replaceInvalidSequences: false);
            text.Append(buffer, 0, charsWritten);
            if (bytesRead == bytes.Length) break;
            // Only our own three bytes can be invalid here: whole values were replaced, and nothing else was cut.
            text.Append((char)(((bytes[bytesRead] & 0x0F) << 12) | ((bytes[bytesRead + 1] & 0x3F) << 6) | (bytes[bytesRead + 2] & 0x3F)));
            bytes = bytes[(bytesRead + 3)..];
        }

        buffer.AsSpan().Clear();
        ArrayPool<char>.Shared.Return(buffer);
        return text.ToString();
    }
}
