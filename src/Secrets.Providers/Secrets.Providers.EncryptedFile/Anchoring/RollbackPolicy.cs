namespace Secrets;

/// <summary>What to do when a store is older than this machine has seen it, or has another history: at opening, and when such a file takes the open one's place.</summary>
/// <remarks>
/// An anchor that is damaged or was not made with the store's key, and one from before all that a compacted file remembers, say nothing and are told through
/// <see cref="EncryptedFileOptions.OnWarning"/> (<c>anchor-damaged</c>, <c>anchor-invalid</c>, <c>anchor-too-old</c>) under each policy.
/// </remarks>
public enum RollbackPolicy
{
    /// <summary>Do not use it. An open store goes on when the right file is back, or when this one was accepted.</summary>
    Fail = 0,

    /// <summary>Use it, report a warning, and leave the anchor as it is whatever is written, so that the warning comes again until somebody accepts it.</summary>
    Warn = 1,

    /// <summary>
    /// Use it, write into the store that it was accepted, and anchor it from here on. Once: from then on as <see cref="Fail"/>. For one recovery, not
    /// for good.
    /// </summary>
    AcceptOnce = 2,
}
