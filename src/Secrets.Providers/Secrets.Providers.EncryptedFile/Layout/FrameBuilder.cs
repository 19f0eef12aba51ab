namespace Secrets;

/// <summary>Collects what becomes durable together, and makes one frame of it.</summary>
internal sealed class FrameBuilder(FrameKind kind, ulong sequence)
{
    /// <summary>A frame takes more than this only if a single secret does.</summary>
    internal const int WantedLength = 1024 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _blobs = [];
    private readonly List<ReadOnlyMemory<byte>> _shares = [];
    private int _blobsLength;
    private int _sharesLength;
    private byte[] _keySet = [];
    private byte[] _sealedRoots = [];

    internal DirectoryWriter Directory { get; } = new();

    internal bool IsEmpty => Directory.Count == 0 && _keySet.Length == 0;

    internal int RoughLength => Directory.Length + _blobsLength + _sharesLength;

    /// <summary>Must come before the first put: the sealed root keys stand first in the erasable part.</summary>
    internal void SetKeySet(KeySet keySet)
    {
        (_keySet, _sealedRoots) = keySet.Encode();
        _sharesLength = _sealedRoots.Length;
    }

    internal void Put(ReadOnlySpan<byte> body, ReadOnlyMemory<byte> blob, ReadOnlyMemory<byte> share)
    {
        Directory.Begin(OperationCode.Put).Add(body, out Span<byte> placed).End();
        PutBody.SetPlace(placed, (uint)_blobsLength, (uint)blob.Length, (uint)_sharesLength);
        _blobs.Add(blob);
        _shares.Add(share);
        _blobsLength += blob.Length;
        _sharesLength += share.Length;
    }

    /// <summary>Makes the frame.</summary>
    /// <param name="keys">The store's keys; the directory is sealed under the epoch that is current now.</param>
    /// <param name="previousChain">The chain hash before it.</param>
    /// <param name="hasher">The store's chain hasher.</param>
    internal BuiltFrame Build(KeyHierarchy keys, ReadOnlySpan<byte> previousChain, ChainHasher hasher)
    {
        FrameHeader header = new(kind, sequence, _keySet.Length, Directory.Length + RecordSealer.Overhead, _blobsLength, _sharesLength);
        byte[] bytes = new byte[header.Length];
        header.Encode(bytes, keys.StoreId, keys.Mac);
        _keySet.CopyTo(bytes, header.KeySetOffset);
        byte[] directory = Directory.Bytes.ToArray();
        RecordSealer.Seal(
            keys.KeyOf(keys.CurrentEpoch)!.RevealBytes(), keys.Hedge.RevealBytes(), keys.CurrentEpoch, DirectoryContext(keys.StoreId, header).Bytes, directory,
            bytes.AsSpan(header.DirectoryOffset, header.DirectoryLength));
        Concatenate(_blobs, bytes.AsSpan(header.BlobsOffset));
        bytes.AsSpan(header.BlobsOffset + header.BlobsLength, header.PaddingLength).Fill(Padding);
        hasher.Hash(previousChain, bytes.AsSpan(0, header.ChainOffset), bytes.AsSpan(header.ChainOffset, FrameHeader.ChainLength));
        _sealedRoots.CopyTo(bytes, header.ErasableOffset);
        Concatenate(_shares, bytes.AsSpan(header.ErasableOffset + _sealedRoots.Length));
        bytes.AsSpan(header.ErasableOffset + header.ErasableLength, header.ErasablePaddingLength).Fill(Padding);
        return new BuiltFrame(header, bytes, directory);
    }

    internal static SealContext DirectoryContext(Guid storeId, in FrameHeader header) =>
        new SealContext("directory", storeId).Add((long)header.Kind).Add((long)header.Sequence);

    // Not zero: a torn tail is known by its zeros.
    internal const byte Padding = 0xA5;

    private static void Concatenate(List<ReadOnlyMemory<byte>> parts, Span<byte> destination)
    {
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.Span.CopyTo(destination);
            destination = destination[part.Length..];
        }
    }
}
