using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;

namespace Secrets;

/// <summary>
/// The client: names, scopes, visibility, policy, cache, audit, tracing and error text, once, over whatever store the host chose. Comes
/// from dependency injection (<c>AddSecrets</c>) or from <see cref="Create"/>.
/// </summary>
/// <remarks>
/// Safe to use from any thread. <see cref="As"/> and <see cref="WithScopes"/> give views of the same client: they share store and cache, and
/// disposing a view does nothing. Disposing the client itself disposes its stores.
/// </remarks>
public sealed class SecretsClient : ISecretsClient, IAsyncDisposable, IDisposable
{
    private readonly ClientEngine _engine;
    private readonly SecretsView _view;
    private readonly ViewSnapshot _snapshot;
    private readonly Counter<long> _hits;
    private readonly Func<ValueTask>? _release;

    internal SecretsClient(ClientEngine engine, SecretsView view, Func<ValueTask>? release)
    {
        _engine = engine;
        _view = view;
        _snapshot = engine.Cache.ViewOf(view);
        _hits = engine.Telemetry.Hits;
        _release = release;
    }

    /// <inheritdoc/>
    public SecretPrincipal Principal => _view.Principal;

    /// <inheritdoc/>
    public SecretScopeChain Scopes => _view.Scopes;

    /// <summary>What the store underneath can do. A chain of stores declares what its parts can do together.</summary>
    public SecretStoreCapabilities Capabilities => _engine.Core.Store.Capabilities;

    internal ClientEngine Engine => _engine;

    internal SecretsView View => _view;

    internal CacheHealth Health => _engine.Health;

    internal string StoreName => _engine.Core.Store.Name;

    /// <summary>Makes a client without a host and without dependency injection. The caller disposes it.</summary>
    /// <param name="configure">Names the store, and whatever else is not to be as by default.</param>
    /// <returns>The client. Its store is opened when the client is made.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: no store was named, or an option is out of range; or the store cannot be opened.</exception>
    public static SecretsClient Create(Action<ISecretsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        SecretsBuilder builder = new();
        configure(builder);
        return builder.Build();
    }

    /// <inheritdoc cref="ISecretsClient.As"/>
    public SecretsClient As(SecretPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return new SecretsClient(_engine, _view with { Principal = principal }, null);
    }

    /// <inheritdoc cref="ISecretsClient.WithScopes"/>
    public SecretsClient WithScopes(SecretScopeChain scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return new SecretsClient(_engine, _view with { Scopes = scopes }, null);
    }

    ISecretsClient ISecretsClient.As(SecretPrincipal principal) => As(principal);

    ISecretsClient ISecretsClient.WithScopes(SecretScopeChain scopes) => WithScopes(scopes);

    /// <summary>Asks the policy whether the principal may do something with a secret that it sees, before a console shows or offers it. A refusal is audited; so is every <see cref="SecretAction.Reveal"/>.</summary>
    /// <param name="action">What for.</param>
    /// <param name="address">Which secret.</param>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.Denied"/>: the policy refuses. <see cref="SecretErrorCode.NotFound"/>: it is another principal's private secret.
    /// </exception>
    public void Demand(SecretAction action, SecretAddress address) => AuditedDemand.Make(_engine, _view, action, address);

    /// <inheritdoc/>
    public bool TryGetSecret(string name, [NotNullWhen(true)] out Secret? secret)
    {
        if (!_snapshot.TryGetWarm(name, out secret)) return false;
        if (_hits.Enabled) _hits.Add(1);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<Secret> GetSecretAsync(string name, CancellationToken cancellationToken = default) =>
        TryGetSecret(name, out Secret? warm) ? new ValueTask<Secret>(warm) : GetColdAsync(new SecretLookup(name), force: false, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Secret> GetSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default)
    {
        if (!_snapshot.TryGetWarm(lookup, out Secret? warm)) return GetColdAsync(lookup, force: false, cancellationToken);
        if (_hits.Enabled) _hits.Add(1);
        return new ValueTask<Secret>(warm);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SecretLookupResult>> GetSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookups);
        return await _engine.Reader.ReadAsync(_snapshot, lookups, force: false, alone: false, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookups);
        return _engine.Describer.DescribeAsync(_view, lookups, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Secret> RefreshSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => GetColdAsync(lookup, force: true, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Secret> ReportRefusedAsync(SecretLookup lookup, SecretVersion refused, CancellationToken cancellationToken = default)
    {
        Secret known = await GetSecretAsync(lookup, cancellationToken).ConfigureAwait(false);
        _engine.Telemetry.Audit(SecretAuditAction.ReportRefused, Principal, lookup, known.Properties);
        // Others may have brought the new version already; and a consumer that is refused again and again must not become the store's load.
        bool asksAgain = known.Version == refused && _engine.Cache.TryBeginRefusedRefresh(known.Properties.Address);
        return asksAgain ? await RefreshSecretAsync(lookup, cancellationToken).ConfigureAwait(false) : known;
    }

    /// <inheritdoc/>
    public async ValueTask<Secret?> GetPreviousSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default)
    {
        Secret current = await GetSecretAsync(lookup, cancellationToken).ConfigureAwait(false);
        return await _engine.Previous.FindAsync(current, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Rotates a secret: the rotator makes the next value, it is stored as pending, set, tested, and then made current in one step. If setting
    /// or testing fails, the rotator rolls back and the current version stays. A rotation that was cut off is taken up again by the next call,
    /// with the pending value that it left. A secret that expires gets as long a life again; one that has expired can be rotated.
    /// </summary>
    /// <param name="lookup">Which secret.</param>
    /// <param name="rotator">Makes, sets and tests the next value.</param>
    /// <param name="cancellationToken">Cuts the rotation off between two steps.</param>
    /// <returns>The properties of the version that is current now.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.Unsupported"/>: the store cannot keep a version that is not current. <see cref="SecretErrorCode.Conflict"/>:
    /// somebody wrote meanwhile; the pending version stays. What the rotator throws comes through as it is.
    /// </exception>
    public async ValueTask<SecretProperties> RotateSecretAsync(SecretLookup lookup, ISecretRotator rotator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookup.Name);
        ArgumentNullException.ThrowIfNull(rotator);
        Secret rotated = await AuditedAsync(SecretAuditAction.Rotate, lookup, async () =>
        {
            Secret current = await _engine.Writer.ReadCurrentAsync("rotate", _view, lookup with { Version = null }, cancellationToken).ConfigureAwait(false);
            return await _engine.Rotation.RunAsync(_view, current, rotator, cancellationToken).ConfigureAwait(false);
        }).ConfigureAwait(false);
        _engine.Cache.Addresses.Written(rotated);
        return rotated.Properties;
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> CreateSecretAsync(string name, SecretValues values, CreateSecretOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        options ??= new CreateSecretOptions();
        SecretLookup lookup = new(name) { Scope = options.Scope, Visibility = options.Visibility };
        Secret created = await AuditedAsync(SecretAuditAction.Create, lookup, () => _engine.Writer.CreateAsync(_view, name, values, options, cancellationToken)).ConfigureAwait(false);
        _engine.Cache.Addresses.Written(created);
        return created.Properties;
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> UpdateSecretAsync(SecretLookup lookup, Action<SecretUpdate> update, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookup.Name);
        ArgumentNullException.ThrowIfNull(update);
        (Secret updated, SecretAddress source) = await AuditedAsync(SecretAuditAction.Update, lookup, () => _engine.Writer.UpdateAsync(_view, lookup, update, cancellationToken), done => done.Updated).ConfigureAwait(false);
        Moved(updated, source);
        return updated.Properties;
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> RenameSecretAsync(SecretLookup lookup, string newName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookup.Name);
        ArgumentNullException.ThrowIfNull(newName);
        (Secret moved, SecretAddress source) = await AuditedAsync(SecretAuditAction.Rename, lookup, () => _engine.Writer.RenameAsync(_view, lookup, newName, cancellationToken), done => done.Moved).ConfigureAwait(false);
        Moved(moved, source);
        return moved.Properties;
    }

    /// <inheritdoc/>
    public async ValueTask DeleteSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookup.Name);
        SecretAddress deleted;
        try
        {
            deleted = await _engine.Writer.DeleteAsync(_view, lookup, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            _engine.Telemetry.Audit(SecretAuditAction.Delete, Principal, lookup, null, error.Code, error.Address);
            throw;
        }

        _engine.Telemetry.Audit(SecretAuditAction.Delete, Principal, lookup, null, null, deleted);
        if (lookup.Version is null) _engine.Cache.Addresses.Deleted(deleted);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SecretProperties> ListSecretsAsync(SecretQuery? query = null, CancellationToken cancellationToken = default) =>
        _engine.Lister.ListAsync(_view, query ?? new SecretQuery(), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<SecretProperties> ListVersionsAsync(SecretLookup lookup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookup.Name);
        return _engine.Lister.ListVersionsAsync(_view, lookup, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<SecretExplanation> ExplainAsync(SecretLookup lookup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lookup.Name);
        return _engine.Describer.ExplainAsync(_view, lookup, cancellationToken);
    }

    /// <inheritdoc/>
    public IDisposable OnChange(SecretLookup lookup, Action<SecretChange> onChange)
    {
        ArgumentNullException.ThrowIfNull(lookup.Name);
        ArgumentNullException.ThrowIfNull(onChange);
        _engine.Core.ThrowIfDisposed();
        if (lookup.Version is not null)
            throw ClientErrors.Invalid("version", $"Cannot follow one version of the secret '{lookup.Name}': versions do not change. Leave the version out.");
        return _engine.Cache.Follow(_snapshot, lookup, onChange);
    }

    /// <summary>Disposes the client and its stores. A view's disposal does nothing. Safe to call more than once.</summary>
    /// <returns>A task that ends when the stores are closed.</returns>
    public ValueTask DisposeAsync() => _release is not null && _engine.Core.TryBeginDispose() ? _release() : ValueTask.CompletedTask;

    /// <summary>As <see cref="DisposeAsync"/>; blocks until the stores are closed.</summary>
    public void Dispose()
    {
        // Begun on the thread pool, not only waited for there: a store that captures a synchronization context must not find the caller's.
        if (_release is not null) Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();
    }

    private async ValueTask<Secret> GetColdAsync(SecretLookup lookup, bool force, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lookup.Name);
        SecretLookupResult result = await _engine.Reader.ReadAsync(_snapshot, lookup, force, cancellationToken).ConfigureAwait(false);
        return result.GetSecretOrThrow();
    }

    private ValueTask<Secret> AuditedAsync(SecretAuditAction action, SecretLookup lookup, Func<ValueTask<Secret>> change) =>
        AuditedAsync(action, lookup, change, secret => secret);

    private async ValueTask<T> AuditedAsync<T>(SecretAuditAction action, SecretLookup lookup, Func<ValueTask<T>> change, Func<T, Secret> secretOf)
    {
        try
        {
            T done = await change().ConfigureAwait(false);
            _engine.Telemetry.Audit(action, Principal, lookup, secretOf(done).Properties);
            return done;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // A rotator's own exceptions come through here too.
            SecretException? coded = error as SecretException;
            _engine.Telemetry.Audit(action, Principal, lookup, null, coded?.Code ?? SecretErrorCode.Unknown, coded?.Address);
            throw;
        }
    }

    private void Moved(Secret secret, SecretAddress source)
    {
        // The new place first: a reader between the two finds the secret twice, never nowhere.
        _engine.Cache.Addresses.Written(secret);
        if (source != secret.Properties.Address) _engine.Cache.Addresses.Deleted(source);
    }
}
