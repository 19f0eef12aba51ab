using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>A client whose principal is asked for at each call. Views that name a principal or are kept follow it no longer.</summary>
internal sealed class PrincipalFollowingClient(SecretsClient client, Func<SecretPrincipal> whoAsks) : ISecretsClient
{
    public SecretPrincipal Principal => whoAsks();

    public SecretScopeChain Scopes => client.Scopes;

    private SecretsClient Now => client.As(whoAsks());

    public ISecretsClient As(SecretPrincipal principal) => client.As(principal);

    public ISecretsClient WithScopes(SecretScopeChain scopes) => new PrincipalFollowingClient(client.WithScopes(scopes), whoAsks);

    public bool TryGetSecret(string name, [NotNullWhen(true)] out Secret? secret) => Now.TryGetSecret(name, out secret);

    public ValueTask<Secret> GetSecretAsync(string name, CancellationToken cancellationToken = default) => Now.GetSecretAsync(name, cancellationToken);

    public ValueTask<Secret> GetSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => Now.GetSecretAsync(lookup, cancellationToken);

    public ValueTask<IReadOnlyList<SecretLookupResult>> GetSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default) =>
        Now.GetSecretsAsync(lookups, cancellationToken);

    public ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default) =>
        Now.DescribeSecretsAsync(lookups, cancellationToken);

    public ValueTask<Secret> RefreshSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => Now.RefreshSecretAsync(lookup, cancellationToken);

    public ValueTask<SecretProperties> CreateSecretAsync(string name, SecretValues values, CreateSecretOptions? options = null, CancellationToken cancellationToken = default) =>
        Now.CreateSecretAsync(name, values, options, cancellationToken);

    public ValueTask<SecretProperties> UpdateSecretAsync(SecretLookup lookup, Action<SecretUpdate> update, CancellationToken cancellationToken = default) =>
        Now.UpdateSecretAsync(lookup, update, cancellationToken);

    public ValueTask<SecretProperties> RenameSecretAsync(SecretLookup lookup, string newName, CancellationToken cancellationToken = default) =>
        Now.RenameSecretAsync(lookup, newName, cancellationToken);

    public ValueTask DeleteSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => Now.DeleteSecretAsync(lookup, cancellationToken);

    public IAsyncEnumerable<SecretProperties> ListSecretsAsync(SecretQuery? query = null, CancellationToken cancellationToken = default) => Now.ListSecretsAsync(query, cancellationToken);

    public IAsyncEnumerable<SecretProperties> ListVersionsAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => Now.ListVersionsAsync(lookup, cancellationToken);

    public ValueTask<SecretExplanation> ExplainAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => Now.ExplainAsync(lookup, cancellationToken);

    public ValueTask<Secret> ReportRefusedAsync(SecretLookup lookup, SecretVersion refused, CancellationToken cancellationToken = default) => Now.ReportRefusedAsync(lookup, refused, cancellationToken);

    public ValueTask<Secret?> GetPreviousSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => Now.GetPreviousSecretAsync(lookup, cancellationToken);

    public IDisposable OnChange(SecretLookup lookup, Action<SecretChange> onChange) => Now.OnChange(lookup, onChange);
}
