namespace Secrets;

/// <summary>
/// The secrets of one resolution. Each is looked up once, and two lookups that lead to the same secret share one version of it, so that no
/// result can mix a new user with an old password.
/// </summary>
internal sealed class SecretSnapshot(ISecretsClient client)
{
    private readonly Dictionary<SecretLookup, SecretLookupResult> _results = [];
    private readonly Dictionary<SecretAddress, SecretLookupResult> _byAddress = [];

    /// <summary>Looks up, in one batch, what was not looked up before.</summary>
    internal async ValueTask LoadAsync(IEnumerable<SecretLookup> lookups, CancellationToken cancellationToken)
    {
        SecretLookup[] missing = [.. lookups.Where(lookup => !_results.ContainsKey(lookup)).Distinct()];
        if (missing.Length == 0) return;
        IReadOnlyList<SecretLookupResult> found = await client.GetSecretsAsync(missing, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < missing.Length; i++)
            _results.Add(missing[i], OneVersion(missing[i], found[i]));
    }

    internal SecretLookupResult[] ResultsOf(SecretTemplate template)
    {
        SecretLookupResult[] results = new SecretLookupResult[template.Lookups.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = _results[template.Lookups[i]];
        return results;
    }

    private SecretLookupResult OneVersion(SecretLookup lookup, SecretLookupResult found)
    {
        if (found.Secret is not { } secret || lookup.Version is not null) return found;
        return _byAddress.TryAdd(secret.Properties.Address, found) ? found : _byAddress[secret.Properties.Address];
    }
}
