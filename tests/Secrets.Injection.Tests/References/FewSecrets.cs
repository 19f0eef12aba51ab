using System.Diagnostics.CodeAnalysis;

namespace Secrets.Injection.Tests.References;

/// <summary>
/// The least that a resolver needs of a client: secrets by name, an outcome to order for each, and a count of the calls. The tests of whole
/// paths use the real client over the in-memory store; this one is for outcomes that are a matter of the contract alone.
/// </summary>
internal sealed class FewSecrets : ISecretsClient
{
    private readonly Dictionary<string, Secret> _secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SecretException> _errors = new(StringComparer.Ordinal);

    public SecretPrincipal Principal => SecretPrincipal.Host;

    public SecretScopeChain Scopes => SecretScopeChain.Team;

    public bool IsWarm { get; set; }

    /// <summary>Whether somebody writes a new version between any two lookups, even of one batch.</summary>
    public bool RotatesAtEachGet { get; set; }

    public bool KeepsKeyNames { get; set; } = true;

    public int Gets { get; private set; }

    public int Describes { get; private set; }

    public int Lists { get; private set; }

    public List<SecretLookup> Asked { get; } = [];

    public FewSecrets With(string name, SecretValues values, string version = "1")
    {
        _secrets[name] = new Secret(new SecretProperties(SecretAddress.Public(name), new SecretVersion(version)), values);
        return this;
    }

    public FewSecrets Failing(string name, SecretErrorCode code)
    {
        _errors[name] = new SecretException(code, $"The store says {code} of '{name}'.");
        return this;
    }

    public bool TryGetSecret(string name, [NotNullWhen(true)] out Secret? secret)
    {
        secret = null;
        return IsWarm && _secrets.TryGetValue(name, out secret);
    }

    public ValueTask<IReadOnlyList<SecretLookupResult>> GetSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Gets++;
        Asked.AddRange(lookups);
        return new([.. lookups.Select(Get)]);
    }

    public ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default)
    {
        Describes++;
        return new([.. lookups.Select(lookup => Get(lookup) switch
        {
            { Secret: { } secret } => SecretDescribeResult.Found(secret.Properties with { KeyNames = KeepsKeyNames ? [.. secret.Keys] : null }),
            { Error: { } error } => SecretDescribeResult.From(error),
            _ => SecretDescribeResult.NotFound,
        })]);
    }

    public async IAsyncEnumerable<SecretProperties> ListSecretsAsync(
        SecretQuery? query = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Lists++;
        await Task.CompletedTask;
        foreach (Secret secret in _secrets.Values)
            yield return secret.Properties;
    }

    public ISecretsClient As(SecretPrincipal principal) => this;

    public ISecretsClient WithScopes(SecretScopeChain scopes) => this;

    public ValueTask<Secret> GetSecretAsync(string name, CancellationToken cancellationToken = default) => throw Unused();

    public ValueTask<Secret> GetSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => throw Unused();

    public ValueTask<Secret> RefreshSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => throw Unused();

    public ValueTask<SecretProperties> CreateSecretAsync(string name, SecretValues values, CreateSecretOptions? options = null, CancellationToken cancellationToken = default) => throw Unused();

    public ValueTask<SecretProperties> UpdateSecretAsync(SecretLookup lookup, Action<SecretUpdate> update, CancellationToken cancellationToken = default) => throw Unused();

    public ValueTask<SecretProperties> RenameSecretAsync(SecretLookup lookup, string newName, CancellationToken cancellationToken = default) => throw Unused();

    public ValueTask DeleteSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => throw Unused();

    public IAsyncEnumerable<SecretProperties> ListVersionsAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => throw Unused();

    public ValueTask<SecretExplanation> ExplainAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => throw Unused();

    public IDisposable OnChange(SecretLookup lookup, Action<SecretChange> onChange) => throw Unused();

    private static InvalidOperationException Unused() => new("Resolving and validating have no use for this member.");

    private SecretLookupResult Get(SecretLookup lookup)
    {
        if (RotatesAtEachGet && _secrets.TryGetValue(lookup.Name, out Secret? current)) _secrets[lookup.Name] = Rotate(current);
        if (_errors.TryGetValue(lookup.Name, out SecretException? error))
            return new SecretLookupResult(error.Code == SecretErrorCode.Denied ? SecretReadStatus.Denied : SecretReadStatus.Failed, null, error);
        return _secrets.TryGetValue(lookup.Name, out Secret? secret)
            ? new SecretLookupResult(SecretReadStatus.Found, secret, null)
            : new SecretLookupResult(SecretReadStatus.NotFound, null, new SecretException(SecretErrorCode.NotFound, $"There is no secret {lookup}."));
    }

    private static Secret Rotate(Secret secret)
    {
        int version = int.Parse(secret.Version.Value, System.Globalization.CultureInfo.InvariantCulture);
        return new Secret(
            secret.Properties with { Version = new SecretVersion($"{version + 1}") },
            secret.Values.Select(pair => KeyValuePair.Create(pair.Key, SecretValue.FromString($"{pair.Value.RevealString().Split('-')[0]}-{version}"))));
    }
}
