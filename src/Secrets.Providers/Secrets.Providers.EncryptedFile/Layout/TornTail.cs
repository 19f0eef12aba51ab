namespace Secrets;

/// <summary>
/// Tells a write that a crash cut short from a frame that somebody changed. A cut-short write leaves the end of the frame missing, or (after a
/// power failure) whole sectors unwritten, which read as zeros. Frames are built so that no whole piece of a sector in them is ever zero: every
/// change of bits in a complete frame is therefore damage and never passes for a torn tail.
/// </summary>
internal static class TornTail
{
    internal const int SectorLength = 512;

    /// <summary>Whether some sector's piece of the region holds nothing but zeros.</summary>
    /// <param name="region">From the start of the frame to the end of the file.</param>
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
