namespace Secrets;

/// <summary>What there is behind the last frame that was read, as one short read tells.</summary>
internal enum LogTail
{
    /// <summary>Nothing, or space that is reserved.</summary>
    Same,

    /// <summary>Something: a frame, one that is being written or was cut short, or the word of a compaction that another file is in force.</summary>
    Longer,

    /// <summary>The file ends before what was read.</summary>
    Shorter,
}
