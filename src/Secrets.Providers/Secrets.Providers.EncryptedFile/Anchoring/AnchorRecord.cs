using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>What an anchor holds: sequence (8 bytes), chain hash (32), HMAC-SHA-256 under the store's anchor key (32), padding to 80.</summary>
internal static class AnchorRecord
{
    internal const int Length = 80;
    private const int SignedLength = 40;

    internal static byte[] Encode(ChainHead head, KeyHierarchy keys)
    {
        byte[] bytes = new byte[Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, head.Sequence);
        head.Chain.CopyTo(bytes, 8);
        Sign(bytes, keys, bytes.AsSpan(SignedLength));
        return bytes;
    }

    /// <summary>Reads an anchor; null if it was not made with this store's key.</summary>
    internal static ChainHead? TryDecode(ReadOnlySpan<byte> bytes, KeyHierarchy keys)
    {
        if (bytes.Length != Length)
            return null;
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(bytes, keys, signature);
        return CryptographicOperations.FixedTimeEquals(signature, bytes.Slice(SignedLength, signature.Length))
            ? new ChainHead(BinaryPrimitives.ReadUInt64LittleEndian(bytes), bytes.Slice(8, 32).ToArray())
            : null;
    }

    private static void Sign(ReadOnlySpan<byte> bytes, KeyHierarchy keys, Span<byte> signature)
    {
        Span<byte> message = stackalloc byte[10 + 16 + SignedLength];
        "SV1|anchor"u8.CopyTo(message);
        keys.StoreId.TryWriteBytes(message[10..], bigEndian: true, out _);
        bytes[..SignedLength].CopyTo(message[26..]);
        HMACSHA256.HashData(keys.Anchor.RevealBytes(), message, signature);
    }
}
