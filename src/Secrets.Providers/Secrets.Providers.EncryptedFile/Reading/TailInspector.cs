namespace Secrets;

/// <summary>Decides what the bytes are that do not go on with the chain.</summary>
internal static class TailInspector
{
    private const long LongestTail = FrameHeader.MaxFrameLength + Reserve.Most;
    private const int Mark = 8;

    internal static TailState Inspect(LogState state, FileWindow window, long position)
    {
        if (state.InCheckpoint || window.Length - position > LongestTail)
            return TailState.Tampered;
        long written = WrittenLength(window, position);
        if (written == 0)
            return TailState.Clean;
        if (written < FrameHeader.Size)
            return TailState.Torn;
        ReadOnlySpan<byte> head = window.At(position, FrameHeader.Size).Span;
        return FrameHeader.TryDecode(head, out FrameHeader header) && FrameHeader.IsAuthentic(head, state.Keys.StoreId, state.Keys.Mac)
            ? InspectFrame(state, window, position, header, written)
            : InspectRest(state, window, position, written);
    }

    // Commits follow each other only when synced, so at most one frame can be torn: whatever stands behind it is older damage.
    private static TailState InspectFrame(LogState state, FileWindow window, long position, in FrameHeader header, long written)
    {
        if (header.Kind != FrameKind.Commit || header.Sequence != state.Sequence + 1 || written > header.Length)
            return TailState.Tampered;
        if (header.Length > window.Length - position)
            return TailState.Torn;
        ReadOnlySpan<byte> frame = window.At(position, header.Length).Span;
        // Cut off just now by the next writer, which holds the lock.
        if (frame.Length < header.Length)
            return TailState.Torn;
        frame = frame[..header.Length];
        return TornTail.IsHalfWritten(frame, position) && !HoldsLaterFrame(state, frame) ? TailState.Torn : TailState.Tampered;
    }

    // Of the frame that was being written the sector with its header is missing, or somebody changed the header. Where eight zeros stand no frame
    // begins: what is further behind is a spot on empty space.
    private static TailState InspectRest(LogState state, FileWindow window, long position, long written)
    {
        if (written > FrameHeader.MaxFrameLength)
            return TailState.Tampered;
        ReadOnlySpan<byte> region = window.At(position, (int)written).Span;
        if (region.Length < written)
            return TailState.Torn;
        region = region[..(int)written];
        bool isUnwritten = !region[..Mark].ContainsAnyExcept((byte)0) || TornTail.HasUnwrittenSector(region, position);
        return isUnwritten && !HoldsLaterFrame(state, region) ? TailState.Torn : TailState.Tampered;
    }

    // Up to and with the last byte that is not zero: what follows was reserved and never written to.
    private static long WrittenLength(FileWindow window, long position)
    {
        long written = 0;
        for (long at = position; at < window.Length;)
        {
            ReadOnlySpan<byte> bytes = window.At(at, 1).Span;
            if (bytes.IsEmpty)
                break;
            int last = bytes.LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
                written = at + last + 1 - position;
            at += bytes.Length;
        }

        return written;
    }

    private static bool HoldsLaterFrame(LogState state, ReadOnlySpan<byte> region)
    {
        for (int offset = 8; offset + FrameHeader.Size <= region.Length; offset += 8)
        {
            ReadOnlySpan<byte> candidate = region[offset..];
            if (FrameHeader.TryDecode(candidate, out FrameHeader header)
                && header.Sequence > state.Sequence
                && FrameHeader.IsAuthentic(candidate, state.Keys.StoreId, state.Keys.Mac))
                return true;
        }

        return false;
    }
}
