using System.Diagnostics.CodeAnalysis;

namespace Secrets.Injection.Delivery.Tests;

/// <summary>
/// A real client over an in-memory store. Following is by hand: <see cref="Change"/> writes and then tells the followers, so a test knows when.
/// </summary>
internal sealed class DeliveryClient : ISecretsClient, IAsyncDisposable
{
    private readonly List<(SecretLookup Lookup, Action<SecretChange> OnChange)> _followers = [];
    private readonly SecretsClient _inner;

    internal DeliveryClient()
    {
        Store = new InMemorySecretStore();
        _inner = SecretsClient.Create(secrets => secrets.UseInMemory(Store));
    }

    internal InMemorySecretStore Store { get; }

    public SecretPrincipal Principal => _inner.Principal;

    public SecretScopeChain Scopes => _inner.Scopes;

    internal int Followers => _followers.Count;

    /// <summary>Puts a secret there, of a type or none.</summary>
    internal async Task Put(string name, SecretValues values, string? type = null, Action<CreateSecretOptions>? more = null)
    {
        CreateSecretOptions options = new() { Type = type };
        more?.Invoke(options);
        await _inner.CreateSecretAsync(name, values, options);
    }

    internal async Task Change(string name, Action<SecretUpdate> update)
    {
        await _inner.UpdateSecretAsync(name, update);
        foreach ((SecretLookup lookup, Action<SecretChange> onChange) in _followers.ToArray())
        {
            if (lookup.Name == name) onChange(new SecretChange(lookup, await RefreshSecretAsync(lookup), null));
        }
    }

    public ISecretsClient As(SecretPrincipal principal) => _inner.As(principal);

    public ISecretsClient WithScopes(SecretScopeChain scopes) => _inner.WithScopes(scopes);

    public bool TryGetSecret(string name, [NotNullWhen(true)] out Secret? secret)
    {
        secret = null;
        return false;
    }

    public ValueTask<Secret> GetSecretAsync(string name, CancellationToken cancellationToken = default) => RefreshSecretAsync(new SecretLookup(name), cancellationToken);

    public ValueTask<Secret> GetSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => RefreshSecretAsync(lookup, cancellationToken);

    public async ValueTask<IReadOnlyList<SecretLookupResult>> GetSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default)
    {
        List<SecretLookupResult> results = [];
        foreach (SecretLookup lookup in lookups)
        {
            try
            {
                results.Add(new SecretLookupResult(SecretReadStatus.Found, await RefreshSecretAsync(lookup, cancellationToken), null));
            }
            catch (SecretException e)
            {
                results.Add(new SecretLookupResult(e.Code == SecretErrorCode.NotFound ? SecretReadStatus.NotFound : SecretReadStatus.Failed, null, e));
            }
        }

        return results;
    }

    public ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default) => _inner.DescribeSecretsAsync(lookups, cancellationToken);

    public ValueTask<Secret> RefreshSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => _inner.RefreshSecretAsync(lookup, cancellationToken);

    public ValueTask<SecretProperties> CreateSecretAsync(string name, SecretValues values, CreateSecretOptions? options = null, CancellationToken cancellationToken = default) => _inner.CreateSecretAsync(name, values, options, cancellationToken);

    public ValueTask<SecretProperties> UpdateSecretAsync(SecretLookup lookup, Action<SecretUpdate> update, CancellationToken cancellationToken = default) => _inner.UpdateSecretAsync(lookup, update, cancellationToken);

    public ValueTask<SecretProperties> RenameSecretAsync(SecretLookup lookup, string newName, CancellationToken cancellationToken = default) => _inner.RenameSecretAsync(lookup, newName, cancellationToken);

    public ValueTask DeleteSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => _inner.DeleteSecretAsync(lookup, cancellationToken);

    public IAsyncEnumerable<SecretProperties> ListSecretsAsync(SecretQuery? query = null, CancellationToken cancellationToken = default) => _inner.ListSecretsAsync(query, cancellationToken);

    public IAsyncEnumerable<SecretProperties> ListVersionsAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => _inner.ListVersionsAsync(lookup, cancellationToken);

    public ValueTask<SecretExplanation> ExplainAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => _inner.ExplainAsync(lookup, cancellationToken);

    public IDisposable OnChange(SecretLookup lookup, Action<SecretChange> onChange)
    {
        (SecretLookup, Action<SecretChange>) follower = (lookup, onChange);
        _followers.Add(follower);
        return new Subscription(() => _followers.Remove(follower));
    }

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
