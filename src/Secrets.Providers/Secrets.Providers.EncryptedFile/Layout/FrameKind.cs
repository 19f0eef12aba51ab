namespace Secrets;

internal enum FrameKind : byte
{
    /// <summary>Part of the checkpoint at the head of a compacted file; more follow.</summary>
    Checkpoint = (byte)'K',

    /// <summary>The last part of the checkpoint.</summary>
    CheckpointEnd = (byte)'E',

    /// <summary>Changes that became durable together.</summary>
    Commit = (byte)'C',
}
