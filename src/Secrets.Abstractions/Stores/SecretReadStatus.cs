namespace Secrets;

/// <summary>How one entry of a batch ended. Six outcomes that are never mixed up, all the way to the caller.</summary>
public enum SecretReadStatus
{
    /// <summary>No such secret, or no such version. The only outcome that lets a scope chain go on.</summary>
    NotFound = 0,

    /// <summary>Here it is.</summary>
    Found = 1,

    /// <summary>It is still at the version that the caller has.</summary>
    NotModified = 2,

    /// <summary>It exists, or may exist, and the store's credential may not read it. Also a version that is switched off.</summary>
    Denied = 3,

    /// <summary>
    /// The store will not say whether it is missing or denied (AWS, Google and Vault under narrow permissions). Counts as denied unless the
    /// host allows a chain to skip it.
    /// </summary>
    MissingOrDenied = 4,

    /// <summary>This entry failed in another way; its error says how.</summary>
    Failed = 5,
}
