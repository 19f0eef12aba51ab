namespace Secrets;

/// <summary>What to do when a store is older than this machine has seen it, or has another history.</summary>
public enum RollbackPolicy
{
    /// <summary>Do not open it.</summary>
    Fail = 0,

    /// <summary>Open it, report a warning, and leave the anchor as it is, so that the warning comes again.</summary>
    Warn = 1,

    /// <summary>Open it, write into the store that it was accepted, and anchor it from here on. For one recovery, not for good.</summary>
    AcceptOnce = 2,
}
