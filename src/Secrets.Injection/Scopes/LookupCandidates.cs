namespace Secrets;

/// <summary>The places that a lookup considers, in order. Only the caller's own private places are ever among them.</summary>
internal static class LookupCandidates
{
    internal static SecretAddress[] Of(SecretLookup lookup, SecretPrincipal principal, SecretScopeChain chain, SecretLookupOrder order)
    {
        SecretScope[] scopes = ScopesOf(lookup, chain);
        string? owner = lookup.Visibility == SecretVisibility.Public ? null : principal.Id;
        bool withPublic = lookup.Visibility != SecretVisibility.Private;
        List<SecretAddress> candidates = new(scopes.Length * 2);
        if (order == SecretLookupOrder.VisibilityFirst)
        {
            if (owner is not null) candidates.AddRange(scopes.Select(scope => new SecretAddress(scope, owner, lookup.Name)));
            if (withPublic) candidates.AddRange(scopes.Select(scope => new SecretAddress(scope, null, lookup.Name)));
        }
        else
        {
            foreach (SecretScope scope in scopes)
            {
                if (owner is not null) candidates.Add(new SecretAddress(scope, owner, lookup.Name));
                if (withPublic) candidates.Add(new SecretAddress(scope, null, lookup.Name));
            }
        }

        return [.. candidates];
    }

    private static SecretScope[] ScopesOf(SecretLookup lookup, SecretScopeChain chain)
    {
        if (lookup.Scope is { } scope) return [scope];
        return lookup.ScopeKind is { } kind
            ? [.. chain.Where(candidate => string.Equals(candidate.Kind, kind, StringComparison.Ordinal))]
            : [.. chain];
    }
}
