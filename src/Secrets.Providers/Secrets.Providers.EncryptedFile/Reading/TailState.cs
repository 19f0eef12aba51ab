namespace Secrets;

/// <summary>How the bytes after the last whole frame look.</summary>
internal enum TailState
{
    /// <summary>There are none.</summary>
    Clean,

    /// <summary>A write that is under way or was cut short: nothing of it counts.</summary>
    Torn,

    /// <summary>Not what this store ever wrote.</summary>
    Tampered,
}
