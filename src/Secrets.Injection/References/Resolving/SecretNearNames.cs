namespace Secrets;

/// <summary>Suggests names like a missing one, out of those that the caller may see. Lists at most once, and only when asked.</summary>
internal sealed class SecretNearNames(ISecretsClient client, bool enabled)
{
    private const int MaxListed = 10_000;
    private const int MaxSuggested = 3;

    private List<SecretProperties>? _listed;

    /// <summary>Names that the lookup may have meant; the same name at a scope outside the chain comes with that scope.</summary>
    internal async ValueTask<IReadOnlyList<string>> OfAsync(SecretLookup lookup, CancellationToken cancellationToken)
    {
        if (!enabled) return [];
        _listed ??= await ListAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<string> elsewhere = _listed
            .Where(secret => secret.Name == lookup.Name && !IsInReach(secret.Scope, lookup))
            .Select(secret => $"{secret.Name} at {secret.Scope}");
        IEnumerable<string> inReach = _listed.Where(secret => IsInReach(secret.Scope, lookup)).Select(secret => secret.Name);
        return [.. elsewhere.Concat(Nearest(lookup.Name, inReach)).Distinct().Take(MaxSuggested)];
    }

    /// <summary>Whether the listing has a secret that the lookup would find.</summary>
    /// <exception cref="SecretException">The caller may not list, or the store cannot.</exception>
    internal async ValueTask<SecretFinding> FindAsync(SecretLookup lookup, CancellationToken cancellationToken)
    {
        await foreach (SecretProperties secret in client.ListSecretsAsync(new SecretQuery { Name = lookup.Name }, cancellationToken).ConfigureAwait(false))
        {
            if (secret.Name == lookup.Name && IsInReach(secret.Scope, lookup)) return new SecretFinding(secret, secret.KeyNames, null);
        }

        return new SecretFinding(null, null, new SecretException(SecretErrorCode.NotFound, $"There is no secret {lookup}."));
    }

    /// <summary>The nearest of some candidates, nearest first.</summary>
    internal static IReadOnlyList<string> Nearest(string name, IEnumerable<string> candidates) =>
    [
        .. candidates.Distinct()
            .Select(candidate => (candidate, Distance: SecretNameDistance.Between(name, candidate)))
            .Where(near => near.Distance <= Math.Max(1, name.Length / 3) && near.candidate != name)
            .OrderBy(near => near.Distance).ThenBy(near => near.candidate, StringComparer.Ordinal)
            .Take(MaxSuggested)
            .Select(near => near.candidate),
    ];

    private bool IsInReach(SecretScope scope, SecretLookup lookup) =>
        client.Scopes.Contains(scope) && (lookup.ScopeKind is null || lookup.ScopeKind == scope.Kind);

    private async ValueTask<List<SecretProperties>> ListAsync(CancellationToken cancellationToken)
    {
        List<SecretProperties> listed = [];
        try
        {
            await foreach (SecretProperties secret in client.ListSecretsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                listed.Add(secret);
                if (listed.Count == MaxListed) break;
            }
        }
        catch (SecretException)
        {
            // A suggestion is a courtesy inside an error that is reported anyway: a caller who may not list gets the error without it.
        }

        return listed;
    }
}
