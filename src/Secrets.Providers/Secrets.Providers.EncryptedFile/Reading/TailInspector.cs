namespace Secrets;

/// <summary>Decides what the bytes are that do not go on with the chain.</summary>
internal static class TailInspector
{
    internal static TailState Inspect(LogState state, FileWindow window, long position)
    {
        long remaining = window.Length - position;
        if (remaining > FrameHeader.MaxFrameLength)
            return TailState.Tampered;
        ReadOnlySpan<byte> region = window.At(position, (int)remaining).Span;
        if (state.InCheckpoint)
            return TailState.Tampered;
        if (remaining < FrameHeader.Size)
            return TailState.Torn;
        bool isOurs = FrameHeader.TryDecode(region, out FrameHeader header) && FrameHeader.IsAuthentic(region, state.Keys.StoreId, state.Keys.Mac);
        if (isOurs && header.Length > remaining)
            return header.Sequence == state.Sequence + 1 ? TailState.Torn : TailState.Tampered;
        if (isOurs && header.Length < remaining)
            return TailState.Tampered;
        // Commits follow each other only when synced, so at most one frame can be torn: whatever stands behind it is older damage.
        return TornTail.HasUnwrittenSector(region, position) && !HoldsLaterFrame(state, region) ? TailState.Torn : TailState.Tampered;
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
