namespace Secrets;

/// <summary>
/// Finds the key sets in a file that cannot be authenticated yet, because the key is in them. Whatever is found here is checked against the
/// chain once the key is known.
/// </summary>
internal static class KeySetScanner
{
    /// <summary>The key sets that may be in force, newest first: more than one only if the newest stands in the last frame, which may be torn.</summary>
    internal static List<KeySet> Scan(FileWindow window)
    {
        KeySet? newest = null;
        KeySet? before = null;
        bool newestIsLast = false;
        long position = StoreHeader.Length;
        while (position + FrameHeader.Size <= window.Length)
        {
            if (!FrameHeader.TryDecode(window.At(position, FrameHeader.Size).Span, out FrameHeader header) || position + header.Length > window.Length)
                break;
            newestIsLast = false;
            if (header.KeySetLength > 0)
            {
                ReadOnlySpan<byte> frame = window.At(position, header.Length).Span;
                if (frame.Length < header.Length)
                    break;
                KeySet? found = KeySet.TryDecode(
                    frame.Slice(header.KeySetOffset, header.KeySetLength), frame.Slice(header.ErasableOffset, header.ErasableLength));
                if (found is not null)
                {
                    (before, newest) = (newest, found);
                    newestIsLast = true;
                }
            }

            position += header.Length;
        }

        List<KeySet> candidates = [];
        if (newest is not null) candidates.Add(newest);
        if (before is not null && newestIsLast) candidates.Add(before);
        return candidates;
    }
}
