namespace Secrets;

/// <summary>What one entry of a directory says. The numbers are part of the format.</summary>
internal enum OperationCode : byte
{
    /// <summary>A new version: everything about it but its values.</summary>
    Put = 1,

    /// <summary>A version becomes the current one.</summary>
    Promote = 2,

    /// <summary>A secret is deleted, recoverable.</summary>
    Delete = 3,

    /// <summary>A deleted secret is back.</summary>
    Recover = 4,

    /// <summary>A secret is gone for good, its deleted predecessor too.</summary>
    Purge = 5,

    /// <summary>One version's values are gone for good; its number stays.</summary>
    Destroy = 6,

    /// <summary>One version is gone for good, its number too.</summary>
    Prune = 7,

    /// <summary>A secret with all its versions gets another address.</summary>
    Move = 8,

    /// <summary>A version's data key, sealed under the epoch of this directory instead of an older one.</summary>
    Rewrap = 9,

    /// <summary>Checkpoint only: how a secret stands whose versions were put before.</summary>
    State = 10,

    /// <summary>Checkpoint only: what holds for the store.</summary>
    Store = 11,

    /// <summary>Somebody accepted that the store was rolled back or forked; kept as a record of it.</summary>
    AcceptRollback = 12,

    /// <summary>How many versions the store keeps of a secret, and how long.</summary>
    Retention = 13,
}
