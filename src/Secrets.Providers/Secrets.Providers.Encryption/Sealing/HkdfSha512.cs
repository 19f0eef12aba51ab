using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// HKDF-SHA-512 (RFC 5869) in the one shape that a record needs: a key and a salt that are shorter than a block, and one block of output. It makes
/// the four hashes itself, which takes three quarters of the time of <see cref="HKDF"/>; deriving is a third of what a cold read costs. A
/// test holds it against <see cref="HKDF"/>.
/// </summary>
internal static class HkdfSha512
{
    private const int BlockLength = 128;
    private const int HashLength = SHA512.HashSizeInBytes;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    /// <summary>The longest key, salt and info.</summary>
    internal const int MaxLength = 96;

    /// <summary>Derives 64 bytes.</summary>
    internal static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> okm)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(salt.Length, MaxLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(info.Length, MaxLength);
        Span<byte> extracted = stackalloc byte[HashLength];
        Hmac(salt, key, extracted);
        Span<byte> first = stackalloc byte[MaxLength + 1];
        info.CopyTo(first);
        first[info.Length] = 1;
        Hmac(extracted, first[..(info.Length + 1)], okm);
        CryptographicOperations.ZeroMemory(extracted);
    }

    private static void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> hash)
    {
        Span<byte> inner = stackalloc byte[BlockLength + MaxLength + 1];
        Span<byte> outer = stackalloc byte[BlockLength + HashLength];
        Pad(key, InnerPad, inner[..BlockLength]);
        message.CopyTo(inner[BlockLength..]);
        SHA512.HashData(inner[..(BlockLength + message.Length)], outer[BlockLength..]);
        Pad(key, OuterPad, outer[..BlockLength]);
        SHA512.HashData(outer, hash);
        CryptographicOperations.ZeroMemory(inner);
        CryptographicOperations.ZeroMemory(outer);
    }

    private static void Pad(ReadOnlySpan<byte> key, byte with, Span<byte> block)
    {
        for (int i = 0; i < key.Length; i++)
            block[i] = (byte)(key[i] ^ with);
        block[key.Length..].Fill(with);
    }
}
