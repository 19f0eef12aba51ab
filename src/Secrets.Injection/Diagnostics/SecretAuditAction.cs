namespace Secrets;

/// <summary>What was done, or tried.</summary>
public enum SecretAuditAction
{
    /// <summary>A lookup was answered anew (not each warm read).</summary>
    Read = 0,

    /// <summary>A secret was created.</summary>
    Create = 1,

    /// <summary>A secret was changed.</summary>
    Update = 2,

    /// <summary>A secret was renamed.</summary>
    Rename = 3,

    /// <summary>A secret or one of its versions was deleted.</summary>
    Delete = 4,

    /// <summary>A denied candidate was passed over, because the host allows it.</summary>
    Skip = 5,

    /// <summary>A rotation promoted a new version.</summary>
    Rotate = 6,

    /// <summary>Whoever the credential is for refused it.</summary>
    ReportRefused = 7,

    /// <summary>A deleted secret was brought back.</summary>
    Recover = 8,

    /// <summary>A secret was deleted for good.</summary>
    Purge = 9,

    /// <summary>Another version was made the current one.</summary>
    RollBack = 10,

    /// <summary>A person was shown a value, or asked to be.</summary>
    Reveal = 11,
}
