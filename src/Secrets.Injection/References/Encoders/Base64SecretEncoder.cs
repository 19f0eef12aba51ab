using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

internal sealed class Base64SecretEncoder() : SecretEncoder("base64")
{
    public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            Encode(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), destination);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public override void Encode(ReadOnlySpan<byte> bytes, IBufferWriter<char> destination)
    {
        if (bytes.IsEmpty) return;
        Convert.TryToBase64Chars(bytes, destination.GetSpan((bytes.Length + 2) / 3 * 4), out int written);
        destination.Advance(written);
    }
}
