using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// The first 128 bytes of a store: written once, and again only by a compaction, which makes a new file.
/// </summary>
/// <param name="StoreId">The store's id, for life.</param>
/// <param name="Generation">0 at first; one more with each compaction.</param>
/// <param name="BaseSequence">The last commit that the checkpoint at the head of this file stands for; 0 in a new store.</param>
/// <param name="BaseChain">The chain hash after that commit; zeros in a new store.</param>
/// <param name="CreatedOn">When the store was created.</param>
internal sealed record StoreHeader(Guid StoreId, ulong Generation, ulong BaseSequence, ReadOnlyMemory<byte> BaseChain, DateTimeOffset CreatedOn)
{
    internal const int Length = 128;
    internal const ushort FormatVersion = 1;
    private const int MacOffset = 96;

    // Not ASCII at first, so that no text file begins like it; a line feed, so that a transfer in text mode shows.
    internal static ReadOnlySpan<byte> Magic => [0x89, (byte)'S', (byte)'E', (byte)'C', (byte)'R', (byte)'E', (byte)'T', 0x0A];

    internal byte[] Encode(SealingKey mac)
    {
        byte[] bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), FormatVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), Length);
        StoreId.TryWriteBytes(bytes.AsSpan(16), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(32), Generation);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(40), BaseSequence);
        BaseChain.Span.CopyTo(bytes.AsSpan(48));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(80), UnixTicks.Of(CreatedOn));
        Mac(bytes, mac, bytes.AsSpan(MacOffset));
        return bytes;
    }

    /// <summary>Reads a header. Not authenticated before <see cref="IsAuthentic"/> says so.</summary>
    internal static StoreHeader Decode(ReadOnlySpan<byte> bytes, string path, string storeName)
    {
        // Some file systems leave a file that was being made or copied without its bytes, or with zeros for them.
        if (!bytes.ContainsAnyExcept((byte)0))
            throw StoreErrors.TruncatedHeader(path, storeName);
        if (!bytes[..Math.Min(bytes.Length, Magic.Length)].SequenceEqual(Magic[..Math.Min(bytes.Length, Magic.Length)]))
            throw StoreErrors.WrongFile(path, storeName);
        if (bytes.Length < Length)
            throw StoreErrors.TruncatedHeader(path, storeName);
        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        if (version != FormatVersion)
            throw StoreErrors.NewerFormat(path, version, storeName);
        long created = BinaryPrimitives.ReadInt64LittleEndian(bytes[80..]);
        return new StoreHeader(
            new Guid(bytes.Slice(16, 16), bigEndian: true),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]),
            bytes.Slice(48, 32).ToArray(),
            UnixTicks.TryToDate(created, out DateTimeOffset createdOn) ? createdOn : throw StoreErrors.Tampered("the header", path, storeName));
    }

    internal static bool IsAuthentic(ReadOnlySpan<byte> bytes, SealingKey mac)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Mac(bytes, mac, expected);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.Slice(MacOffset, expected.Length));
    }

    private static void Mac(ReadOnlySpan<byte> header, SealingKey mac, Span<byte> destination)
    {
        Span<byte> message = stackalloc byte[10 + MacOffset];
        "SV1|header"u8.CopyTo(message);
        header[..MacOffset].CopyTo(message[10..]);
        HMACSHA256.HashData(mac.RevealBytes(), message, destination);
    }
}
