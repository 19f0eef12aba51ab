using System.Buffers.Binary;

namespace Secrets.Providers.EncryptedFile.Tests.Format;

/// <summary>Where the parts of a frame are, by the document.</summary>
internal readonly record struct FrameParts(char Kind, int Length, ulong Sequence, int KeySetLength, int DirectoryLength, int BlobsLength, int ErasableLength)
{
    internal int DirectoryAt => 48 + KeySetLength;

    internal int BlobsAt => DirectoryAt + DirectoryLength;

    internal int ChainAt => (BlobsAt + BlobsLength + 7) / 8 * 8;

    internal int ErasableAt => ChainAt + 32;

    internal static FrameParts Read(ReadOnlySpan<byte> head) => new(
        (char)head[3],
        (int)BinaryPrimitives.ReadUInt32LittleEndian(head[4..]),
        BinaryPrimitives.ReadUInt64LittleEndian(head[8..]),
        (int)BinaryPrimitives.ReadUInt32LittleEndian(head[16..]),
        (int)BinaryPrimitives.ReadUInt32LittleEndian(head[20..]),
        (int)BinaryPrimitives.ReadUInt32LittleEndian(head[24..]),
        (int)BinaryPrimitives.ReadUInt32LittleEndian(head[28..]));
}
