namespace Secrets;

/// <summary>What becomes of a reference whose secret or key is missing and that has no default.</summary>
public enum SecretMissingReferences
{
    /// <summary>The resolution fails and says where each one is written.</summary>
    Fail = 0,

    /// <summary>The reference stays in the result as it was written. A denied or unavailable secret still fails.</summary>
    LeaveInPlace = 1,
}
