namespace Secrets;

/// <summary>How references are resolved.</summary>
public sealed record SecretResolveOptions
{
    /// <summary>The defaults.</summary>
    public static SecretResolveOptions Default { get; } = new();

    /// <value>What becomes of a missing reference without a default. Default <see cref="SecretMissingReferences.Fail"/>.</value>
    public SecretMissingReferences Missing { get; init; } = SecretMissingReferences.Fail;

    /// <value>
    /// Whether an error lists names like the missing one, out of those that the caller may see. Costs a listing, in the case of an error
    /// only. Default true.
    /// </value>
    public bool SuggestNames { get; init; } = true;
}
