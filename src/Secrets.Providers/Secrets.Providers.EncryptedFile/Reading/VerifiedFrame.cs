using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>A frame whose place on the chain is proved, on its way into the index.</summary>
internal sealed class VerifiedFrame(FrameHeader header, ReadOnlyMemory<byte> bytes, long position)
{
    private byte[] _directory = [];
    private uint _epoch;
    private List<long>? _erasedShares;

    /// <summary>Opens the directory. Frames do not depend on each other here, so this runs in parallel.</summary>
    internal void Open(LogState state)
    {
        ReadOnlySpan<byte> frame = bytes.Span;
        ReadOnlySpan<byte> record = frame.Slice(header.DirectoryOffset, header.DirectoryLength);
        _epoch = RecordSealer.EpochOf(record);
        _directory = new byte[Math.Max(0, record.Length - RecordSealer.Overhead)];
        if (state.Keys.KeyOf(_epoch) is not { } key
            || !RecordSealer.TryOpen(key.RevealBytes(), FrameBuilder.DirectoryContext(state.Keys.StoreId, header).Bytes, record, _directory))
            throw state.Tampered($"the directory of commit {header.Sequence}");
        ReadOnlySpan<byte> erasable = frame.Slice(header.ErasableOffset, header.ErasableLength);
        CheckShares(erasable, frame.Slice(header.ErasableOffset + header.ErasableLength, header.ErasablePaddingLength), state);
    }

    internal void Apply(LogState state)
    {
        try
        {
            state.Applier.Apply(_directory, position + header.BlobsOffset, position + header.ErasableOffset, _epoch);
        }
        catch (Exception failure) when (failure is InvalidDataException or SecretException or ArgumentException)
        {
            // The chain proves that this store wrote it, so this is a newer release's work or a defect, not an attack.
            throw StoreErrors.Unreadable(state.Path, header.Sequence, state.StoreName, failure);
        }

        if (header.Kind == FrameKind.CheckpointEnd)
            state.Applier.EndCheckpoint();
        state.NoteErasedShares(_erasedShares);
    }

    // The chain does not cover the erasable part, since a shredding overwrites it; digests in the sealed directory do.
    private void CheckShares(ReadOnlySpan<byte> erasable, ReadOnlySpan<byte> padding, LogState state)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        ReadOnlyMemory<byte> rest = _directory;
        while (!rest.IsEmpty)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(rest.Span[1..]);
            if ((OperationCode)rest.Span[0] == OperationCode.Put)
            {
                PutBody body = new(rest.Slice(5, length));
                if ((body.Flags & PutBody.DestroyedFlag) == 0)
                {
                    SHA256.HashData(erasable.Slice((int)body.ShareOffset, PutBody.ShareLength), digest);
                    if (!digest[..PutBody.ShareDigestLength].SequenceEqual(body.ShareDigest))
                        (_erasedShares ??= []).Add(position + header.ErasableOffset + body.ShareOffset);
                }
            }

            rest = rest[(5 + length)..];
        }

        if (padding.ContainsAnyExcept(FrameBuilder.Padding))
            throw state.Tampered($"the end of commit {header.Sequence}");
    }
}
