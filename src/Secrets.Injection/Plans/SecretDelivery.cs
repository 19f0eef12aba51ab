namespace Secrets;

/// <summary>As what a secret arrives where the work runs.</summary>
public enum SecretDelivery
{
    /// <summary>As its type says; a secret without a type arrives as variables.</summary>
    ByType = 0,

    /// <summary>Each key as an environment variable of the same name, whatever the type.</summary>
    Variables = 1,

    /// <summary>Each key as a read-only file of the same name, whatever the type.</summary>
    Files = 2,

    /// <summary>As its type says, with what the type exports only on request (Docker's <c>config.json</c>).</summary>
    Full = 3,
}
