using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// The first 48 bytes of a frame. A frame is: header, key set (in the clear), directory (sealed), blobs (sealed values), padding, chain hash
/// (32 bytes), erasable part (what a shredding overwrites).
/// </summary>
internal readonly record struct FrameHeader(FrameKind Kind, ulong Sequence, int KeySetLength, int DirectoryLength, int BlobsLength, int ErasableLength)
{
    internal const int Size = 48;
    internal const int ChainLength = 32;
    internal const int MaxFrameLength = 64 * 1024 * 1024;
    private const int CheckedLength = 32;
    private const int CheckLength = 16;

    internal int PaddingLength => -(KeySetLength + DirectoryLength + BlobsLength) & 7;

    /// <summary>At least one byte: a frame whose last byte is zero has not been written to its end.</summary>
    internal int ErasablePaddingLength => 8 - (ErasableLength & 7);

    internal int KeySetOffset => Size;

    internal int DirectoryOffset => Size + KeySetLength;

    internal int BlobsOffset => DirectoryOffset + DirectoryLength;

    /// <summary>Where the chain hash stands; it covers everything before it.</summary>
    internal int ChainOffset => BlobsOffset + BlobsLength + PaddingLength;

    internal int ErasableOffset => ChainOffset + ChainLength;

    internal int Length => ErasableOffset + ErasableLength + ErasablePaddingLength;

    internal static bool TryDecode(ReadOnlySpan<byte> bytes, out FrameHeader header)
    {
        header = default;
        if (bytes.Length < Size || bytes[0] != 'S' || bytes[1] != 'V' || bytes[2] != 'F')
            return false;
        FrameKind kind = (FrameKind)bytes[3];
        uint keySet = BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]);
        uint directory = BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]);
        uint blobs = BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]);
        uint erasable = BinaryPrimitives.ReadUInt32LittleEndian(bytes[28..]);
        if (kind is not (FrameKind.Checkpoint or FrameKind.CheckpointEnd or FrameKind.Commit)
            || (ulong)keySet + directory + blobs + erasable > MaxFrameLength - 256)
            return false;
        header = new FrameHeader(kind, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), (int)keySet, (int)directory, (int)blobs, (int)erasable);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == (uint)header.Length;
    }

    /// <summary>Whether the header is this store's own, whatever came before it: lets a torn tail be told from damage in the middle.</summary>
    internal static bool IsAuthentic(ReadOnlySpan<byte> bytes, Guid storeId, SealingKey mac)
    {
        Span<byte> check = stackalloc byte[CheckLength];
        Check(bytes, storeId, mac, check);
        return CryptographicOperations.FixedTimeEquals(check, bytes.Slice(CheckedLength, CheckLength));
    }

    internal void Encode(Span<byte> bytes, Guid storeId, SealingKey mac)
    {
        bytes[0] = (byte)'S';
        bytes[1] = (byte)'V';
        bytes[2] = (byte)'F';
        bytes[3] = (byte)Kind;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], (uint)Length);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[16..], (uint)KeySetLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[20..], (uint)DirectoryLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], (uint)BlobsLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[28..], (uint)ErasableLength);
        Check(bytes, storeId, mac, bytes.Slice(CheckedLength, CheckLength));
    }

    private static void Check(ReadOnlySpan<byte> bytes, Guid storeId, SealingKey mac, Span<byte> check)
    {
        Span<byte> message = stackalloc byte[9 + 16 + CheckedLength];
        "SV1|frame"u8.CopyTo(message);
        storeId.TryWriteBytes(message[9..], bigEndian: true, out _);
        bytes[..CheckedLength].CopyTo(message[25..]);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(mac.RevealBytes(), message, hash);
        hash[..CheckLength].CopyTo(check);
    }
}
