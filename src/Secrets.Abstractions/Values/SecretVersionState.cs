namespace Secrets;

/// <summary>Where a version stands among the versions of its secret.</summary>
public enum SecretVersionState
{
    /// <summary>What a read without a version gives.</summary>
    Current = 0,

    /// <summary>Was current, can still be read by version and promoted again.</summary>
    Previous = 1,

    /// <summary>Written, but not current yet: a rotation under way.</summary>
    Pending = 2,

    /// <summary>Switched off in the store; reading it is denied until it is switched on there.</summary>
    Disabled = 3,

    /// <summary>Only its number is left; its values are gone for good.</summary>
    Destroyed = 4,
}
