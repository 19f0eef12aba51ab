using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>
/// All slots and all sealed epochs of a store, as they are stored together. The sealed root keys are kept apart from the rest, bound by their
/// digests, so that a store can overwrite them when a slot goes.
/// </summary>
/// <param name="Slots">The slots; at least one.</param>
/// <param name="Epochs">The epochs; at least one.</param>
public sealed record KeySet(IReadOnlyList<UnlockSlot> Slots, IReadOnlyList<SealedEpoch> Epochs)
{
    private const int MaxEntries = 1024;

    /// <summary>Writes the public part, and the erasable part that holds the sealed root keys one after another.</summary>
    /// <returns>Both parts.</returns>
    public (byte[] Open, byte[] Erasable) Encode()
    {
        using MemoryStream open = new();
        using MemoryStream erasable = new();
        using BinaryWriter writer = new(open, Encoding.UTF8);
        writer.Write((ushort)Slots.Count);
        foreach (UnlockSlot slot in Slots)
        {
            writer.Write(slot.Id.ToByteArray(bigEndian: true));
            writer.Write((byte)slot.Kind);
            writer.Write(slot.CreatedOn.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks);
            WriteBlock(writer, Encoding.UTF8.GetBytes(slot.Label));
            WriteBlock(writer, slot.Parameters.Span);
            writer.Write((ushort)slot.SealedRootKey.Length);
            writer.Write(SHA256.HashData(slot.SealedRootKey.Span));
            erasable.Write(slot.SealedRootKey.Span);
        }

        writer.Write((ushort)Epochs.Count);
        foreach (SealedEpoch epoch in Epochs)
        {
            writer.Write(epoch.Number);
            WriteBlock(writer, epoch.Record.Span);
        }

        writer.Flush();
        return (open.ToArray(), erasable.ToArray());
    }

    /// <summary>Reads a set. Nothing in it is authenticated yet: whoever unlocks with it must then check the store's own authentication.</summary>
    /// <param name="open">The public part.</param>
    /// <param name="erasable">The erasable part.</param>
    /// <returns>The set; null if the bytes are not a set, or the erasable part does not match its digests (damaged, torn, or erased).</returns>
    public static KeySet? TryDecode(ReadOnlySpan<byte> open, ReadOnlySpan<byte> erasable)
    {
        List<UnlockSlot> slots = [];
        List<SealedEpoch> epochs = [];
        if (!TryTakeUInt16(ref open, out int slotCount) || slotCount is 0 or > MaxEntries)
            return null;
        for (int i = 0; i < slotCount; i++)
        {
            if (TryTakeSlot(ref open, ref erasable) is not { } slot)
                return null;
            slots.Add(slot);
        }

        if (!TryTakeUInt16(ref open, out int epochCount) || epochCount is 0 or > MaxEntries)
            return null;
        for (int i = 0; i < epochCount; i++)
        {
            if (!TryTake(ref open, 4, out ReadOnlySpan<byte> number) || !TryTakeBlock(ref open, out ReadOnlySpan<byte> record))
                return null;
            epochs.Add(new SealedEpoch(BinaryPrimitives.ReadUInt32LittleEndian(number), record.ToArray()));
        }

        return open.IsEmpty ? new KeySet(slots, epochs) : null;
    }

    /// <summary>How long the erasable part is that belongs to a public part, whether or not it was erased since.</summary>
    /// <param name="open">The public part.</param>
    /// <returns>The length in bytes; -1 if the bytes are not a set.</returns>
    public static int ErasableLengthOf(ReadOnlySpan<byte> open)
    {
        if (!TryTakeUInt16(ref open, out int slotCount))
            return -1;
        int total = 0;
        for (int i = 0; i < slotCount; i++)
        {
            if (!TryTake(ref open, 25, out _) || !TryTakeBlock(ref open, out _) || !TryTakeBlock(ref open, out _)
                || !TryTakeUInt16(ref open, out int length) || !TryTake(ref open, SHA256.HashSizeInBytes, out _))
                return -1;
            total += length;
        }

        return total;
    }

    private static UnlockSlot? TryTakeSlot(ref ReadOnlySpan<byte> open, ref ReadOnlySpan<byte> erasable)
    {
        if (!TryTake(ref open, 25, out ReadOnlySpan<byte> fixedPart)
            || !TryTakeBlock(ref open, out ReadOnlySpan<byte> label)
            || !TryTakeBlock(ref open, out ReadOnlySpan<byte> parameters)
            || !TryTakeUInt16(ref open, out int sealedLength)
            || !TryTake(ref open, SHA256.HashSizeInBytes, out ReadOnlySpan<byte> digest)
            || !TryTake(ref erasable, sealedLength, out ReadOnlySpan<byte> sealedRoot)
            || !SHA256.HashData(sealedRoot).AsSpan().SequenceEqual(digest))
            return null;
        long ticks = BinaryPrimitives.ReadInt64LittleEndian(fixedPart[17..]);
        if (ticks < DateTimeOffset.MinValue.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks || ticks > DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks)
            return null;
        return new UnlockSlot(
            new Guid(fixedPart[..16], bigEndian: true), (UnlockSlotKind)fixedPart[16], Encoding.UTF8.GetString(label),
            DateTimeOffset.UnixEpoch.AddTicks(ticks), parameters.ToArray(), sealedRoot.ToArray());
    }

    private static void WriteBlock(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write((ushort)bytes.Length);
        writer.Write(bytes);
    }

    private static bool TryTakeBlock(ref ReadOnlySpan<byte> source, out ReadOnlySpan<byte> block)
    {
        block = default;
        return TryTakeUInt16(ref source, out int length) && TryTake(ref source, length, out block);
    }

    private static bool TryTakeUInt16(ref ReadOnlySpan<byte> source, out int number)
    {
        number = 0;
        if (!TryTake(ref source, 2, out ReadOnlySpan<byte> bytes))
            return false;
        number = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> source, int count, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (source.Length < count)
            return false;
        taken = source[..count];
        source = source[count..];
        return true;
    }
}
