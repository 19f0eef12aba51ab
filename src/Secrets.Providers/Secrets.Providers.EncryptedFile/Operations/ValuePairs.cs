using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>The plaintext of a value record: count (2 bytes), then for each pair key length (2), key, value length (4), value.</summary>
internal static class ValuePairs
{
    /// <summary>Encodes pairs; the caller zeroes the bytes.</summary>
    internal static byte[] Encode(IReadOnlyDictionary<string, SecretValue> values)
    {
        int length = 2;
        foreach ((string key, SecretValue value) in values)
            length += 6 + Encoding.UTF8.GetByteCount(key) + value.ByteCount;
        byte[] bytes = new byte[length];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)values.Count);
        Span<byte> rest = bytes.AsSpan(2);
        foreach ((string key, SecretValue value) in values)
        {
            int keyLength = Encoding.UTF8.GetBytes(key, rest[2..]);
            BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)keyLength);
            rest = rest[(2 + keyLength)..];
            BinaryPrimitives.WriteInt32LittleEndian(rest, value.ByteCount);
            value.RevealTo(rest[4..]);
            rest = rest[(4 + value.ByteCount)..];
        }

        return bytes;
    }

    /// <summary>Decodes pairs and zeroes the plaintext.</summary>
    internal static SecretValues Decode(Span<byte> plaintext)
    {
        try
        {
            SecretValues values = [];
            BodyReader reader = new(plaintext);
            int count = reader.TakeUInt16();
            for (int i = 0; i < count; i++)
            {
                string key = Encoding.UTF8.GetString(reader.Take(reader.TakeUInt16()));
                values.Add(key, SecretValue.FromBytes(reader.Take((int)reader.TakeUInt32())));
            }

            return values;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}
