namespace Secrets;

/// <summary>
/// Tells a write that a crash cut short from a frame that somebody changed. A cut-short write leaves the end of the frame missing, or (after a
/// power failure) whole sectors unwritten; either reads as zeros where the file has space reserved. Frames are built so that their last byte, and
/// some byte in each piece of a sector, is never zero: every change of a bit in a complete frame is therefore damage and never passes for a torn tail.
/// </summary>
internal static class TornTail
{
    internal const int SectorLength = 512;

    /// <summary>Whether a frame lacks its end or a sector.</summary>
    /// <param name="frame">All of the frame.</param>
    /// <param name="position">Where it starts in the file; a multiple of 8.</param>
    internal static bool IsHalfWritten(ReadOnlySpan<byte> frame, long position) => frame[^1] == 0 || HasUnwrittenSector(frame, position);

    /// <summary>Whether some sector's piece of the region, of 8 bytes or more, holds nothing but zeros.</summary>
    /// <param name="region">From the start of a frame on.</param>
    /// <param name="position">Where the region starts in the file; a multiple of 8.</param>
    internal static bool HasUnwrittenSector(ReadOnlySpan<byte> region, long position)
    {
        while (!region.IsEmpty)
        {
            int piece = Math.Min(region.Length, SectorLength - (int)(position % SectorLength));
            if (piece >= 8 && !region[..piece].ContainsAnyExcept((byte)0))
                return true;
            region = region[piece..];
            position += piece;
        }

        return false;
    }
}
