namespace Secrets;

/// <summary>What became of one candidate of a lookup.</summary>
public enum SecretCandidateOutcome
{
    /// <summary>Not there.</summary>
    Missing = 0,

    /// <summary>This one is the answer.</summary>
    Applied = 1,

    /// <summary>There, but a more specific one applies.</summary>
    Shadowed = 2,

    /// <summary>The store, or the policy, refuses it; if it comes before any other, the lookup fails here.</summary>
    Denied = 3,

    /// <summary>The store could not say; if it comes before any other, the lookup fails here.</summary>
    Failed = 4,
}
