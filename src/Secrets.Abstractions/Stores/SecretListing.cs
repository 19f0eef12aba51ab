namespace Secrets;

/// <summary>What to list. A store narrows by what it can; the client filters everything again, so a wider answer is right, only slower.</summary>
public sealed record SecretListing
{
    /// <value>Only these scopes; null for all. Default null.</value>
    public IReadOnlyList<SecretScope>? Scopes { get; init; }

    /// <value>Whether public secrets are wanted. Default true.</value>
    public bool IncludePublic { get; init; } = true;

    /// <value>Whose private secrets are wanted; null for nobody's. Default null.</value>
    public string? Owner { get; init; }

    /// <value>All owners' private secrets, for backup and migration by whoever holds the store's credential. Default false.</value>
    public bool AllOwners { get; init; }

    /// <value>Only names that begin with this, compared exactly; null for all. Default null.</value>
    public string? NamePrefix { get; init; }

    /// <value>Secrets that are deleted but can be recovered, too. Default false.</value>
    public bool IncludeDeleted { get; init; }

    /// <value>How many to return at most, as a wish; 1 to 10,000. Default 100.</value>
    public int PageSize { get; init; } = 100;

    /// <value>Null for the first page; else what the page before gave, with everything else the same.</value>
    public string? ContinuationToken { get; init; }

    /// <summary>Whether the listing wants a secret: the whole rule, for stores that narrow by nothing and for the client's second look.</summary>
    /// <param name="properties">The secret.</param>
    /// <returns>True if it belongs in the listing.</returns>
    public bool Matches(SecretProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        SecretAddress address = properties.Address;
        bool visible = address.Owner is null ? IncludePublic : AllOwners || string.Equals(address.Owner, Owner, StringComparison.Ordinal);
        return visible
            && (Scopes is null || Scopes.Contains(address.Scope))
            && (NamePrefix is null || address.Name.StartsWith(NamePrefix, StringComparison.Ordinal))
            && (IncludeDeleted || properties.DeletedOn is null);
    }
}
