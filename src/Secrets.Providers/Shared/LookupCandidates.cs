namespace Secrets;

/// <summary>Every address that references can apply to: private before public, down the chain, as each restricts it.</summary>
internal static class LookupCandidates
{
    public static IReadOnlyList<SecretAddress> Of(IEnumerable<SecretLookup> references, SecretScopeChain chain, string? owner)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(chain);
        HashSet<SecretAddress> seen = [];
        List<SecretAddress> addresses = [];
        foreach (SecretLookup lookup in references)
        {
            IEnumerable<SecretScope> scopes = lookup.Scope is { } scope ? [scope]
                : lookup.ScopeKind is { } kind ? chain.Where(one => one.Kind == kind)
                : chain;
            foreach (string? who in new[] { owner, null }.Distinct())
            {
                bool wanted = lookup.Visibility is null || (lookup.Visibility == SecretVisibility.Private) == (who is not null);
                foreach (SecretScope one in wanted ? scopes : [])
                {
                    SecretAddress address = new(one, who, lookup.Name);
                    if (seen.Add(address))
                        addresses.Add(address);
                }
            }
        }

        return addresses;
    }
}
