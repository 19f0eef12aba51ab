using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>
/// What an application holds: secrets by name, for one principal, down one scope chain, whatever the store underneath. Synchronous twins and
/// shorter forms are extension methods in the same namespace; references, validation and injection are extension methods of
/// <c>Secrets.Injection</c>.
/// </summary>
/// <remarks>
/// Safe to use from any thread. A warm read is a memory read; a cold one is one call to the store, however many callers wait for it.
/// Errors are <see cref="SecretException"/>: <see cref="SecretErrorCode.NotFound"/>, <see cref="SecretErrorCode.Denied"/> and
/// <see cref="SecretErrorCode.Unavailable"/> are never mixed up. Another principal's private secret is <see cref="SecretErrorCode.NotFound"/>.
/// </remarks>
public interface ISecretsClient
{
    /// <summary>Who asks through this client.</summary>
    SecretPrincipal Principal { get; }

    /// <summary>Where names are looked for.</summary>
    SecretScopeChain Scopes { get; }

    /// <summary>The same client for another principal: same store, same cache, other eyes.</summary>
    /// <param name="principal">Who asks.</param>
    /// <returns>The view. Cheap; it may be kept or made anew for each request.</returns>
    ISecretsClient As(SecretPrincipal principal);

    /// <summary>The same client with another scope chain.</summary>
    /// <param name="scopes">Where names are looked for.</param>
    /// <returns>The view. Cheap; it may be kept or made anew for each run.</returns>
    ISecretsClient WithScopes(SecretScopeChain scopes);

    /// <summary>The secret from memory only, never I/O. No allocation, no lock.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="secret">The secret, if it is in memory and fresh enough to serve.</param>
    /// <returns>True if it was. False says nothing about whether the secret exists.</returns>
    bool TryGetSecret(string name, [NotNullWhen(true)] out Secret? secret);

    /// <summary>The secret that applies: private before public, down the scope chain.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends this caller's wait; a call that others wait for goes on.</param>
    /// <returns>The secret; completed at once when warm.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>, <see cref="SecretErrorCode.Denied"/>, <see cref="SecretErrorCode.Unavailable"/> and the other codes of a store.</exception>
    ValueTask<Secret> GetSecretAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>The secret that a lookup gives.</summary>
    /// <param name="lookup">What to look for.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The secret; completed at once when warm.</returns>
    /// <exception cref="SecretException">As for <see cref="GetSecretAsync(string, CancellationToken)"/>.</exception>
    ValueTask<Secret> GetSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default);

    /// <summary>Many secrets in as few store calls as the backend allows. One entry's failure spoils nothing else.</summary>
    /// <param name="lookups">What to look for.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>One result per lookup, in the order asked.</returns>
    ValueTask<IReadOnlyList<SecretLookupResult>> GetSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default);

    /// <summary>What is known without reading a value: which secret applies, and its properties.</summary>
    /// <param name="lookups">What to look for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One result per lookup, in the order asked. <see cref="SecretProperties.KeyNames"/> is null where the store does not keep them apart.</returns>
    ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeSecretsAsync(IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken = default);

    /// <summary>Asks the store again, whatever is in memory; others who wait for the same secret share the call.</summary>
    /// <param name="lookup">What to look for.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The secret as it is now. A failure leaves what is in memory as it was.</returns>
    /// <exception cref="SecretException">As for <see cref="GetSecretAsync(string, CancellationToken)"/>.</exception>
    ValueTask<Secret> RefreshSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that whoever the secret is for refused this version. Asks the store again if the client knows no newer one, at most once in a few
    /// seconds however many report it; others who wait for the same secret share the call.
    /// </summary>
    /// <param name="lookup">Which secret.</param>
    /// <param name="refused">The version that was refused.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The secret as it is now: a newer version, or still the one that was refused.</returns>
    /// <exception cref="SecretException">As for <see cref="GetSecretAsync(string, CancellationToken)"/>.</exception>
    ValueTask<Secret> ReportRefusedAsync(SecretLookup lookup, SecretVersion refused, CancellationToken cancellationToken = default) =>
        RefreshSecretAsync(lookup, cancellationToken);

    /// <summary>The version before the current one, while a rotation overlaps and it may still be valid.</summary>
    /// <param name="lookup">Which secret.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The secret before; null if there is none, or its time is over.</returns>
    /// <exception cref="SecretException">As for <see cref="GetSecretAsync(string, CancellationToken)"/>.</exception>
    ValueTask<Secret?> GetPreviousSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default) => ValueTask.FromResult<Secret?>(null);

    /// <summary>Creates a secret. Fails if one of the same name, scope and visibility is there, unless told to overwrite.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its pairs, one at least. Copied at the call.</param>
    /// <param name="options">What it is besides; null for a public secret at team scope.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its properties as stored.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.AlreadyExists"/>; <see cref="SecretErrorCode.InvalidArgument"/>: a name, key or limit;
    /// <see cref="SecretErrorCode.Denied"/>: the policy or the store refuses.
    /// </exception>
    ValueTask<SecretProperties> CreateSecretAsync(string name, SecretValues values, CreateSecretOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Changes the secret that the lookup gives. Keys that are not named keep their values.</summary>
    /// <param name="lookup">Which secret.</param>
    /// <param name="update">Describes the change. May run again if another writer came in between.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its properties as stored.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.NotFound"/>; <see cref="SecretErrorCode.KeyNotFound"/>: a key to remove is not there;
    /// <see cref="SecretErrorCode.AlreadyExists"/>: the new visibility is taken; <see cref="SecretErrorCode.Conflict"/>: not at
    /// <see cref="SecretUpdate.IfVersion"/>; <see cref="SecretErrorCode.InvalidArgument"/>: the last key, or a rule.
    /// </exception>
    ValueTask<SecretProperties> UpdateSecretAsync(SecretLookup lookup, Action<SecretUpdate> update, CancellationToken cancellationToken = default);

    /// <summary>Gives the secret another name; scope, visibility, id and values stay.</summary>
    /// <param name="lookup">Which secret.</param>
    /// <param name="newName">Its new name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Its properties under the new name.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>; <see cref="SecretErrorCode.AlreadyExists"/>; <see cref="SecretErrorCode.InvalidArgument"/>.</exception>
    ValueTask<SecretProperties> RenameSecretAsync(SecretLookup lookup, string newName, CancellationToken cancellationToken = default);

    /// <summary>Deletes the secret that the lookup gives: recoverable where the store keeps it, else for good.</summary>
    /// <param name="lookup">Which secret; with a version, only that version is destroyed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when the deletion is durable.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>; <see cref="SecretErrorCode.Denied"/>.</exception>
    ValueTask DeleteSecretAsync(SecretLookup lookup, CancellationToken cancellationToken = default);

    /// <summary>Lists properties, never values: the caller's private secrets and all public ones, paged underneath.</summary>
    /// <param name="query">Which ones; null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The properties, in the store's order.</returns>
    IAsyncEnumerable<SecretProperties> ListSecretsAsync(SecretQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the versions of the secret that the lookup gives, newest first.</summary>
    /// <param name="lookup">Which secret.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The properties of each version.</returns>
    IAsyncEnumerable<SecretProperties> ListVersionsAsync(SecretLookup lookup, CancellationToken cancellationToken = default);

    /// <summary>Says which secret a lookup gives, which ones that shadows, and why. Reads no value.</summary>
    /// <param name="lookup">What to look for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The explanation.</returns>
    ValueTask<SecretExplanation> ExplainAsync(SecretLookup lookup, CancellationToken cancellationToken = default);

    /// <summary>
    /// Follows a lookup: the callback runs when it gives another version, another secret, or none. From then on the client keeps it fresh.
    /// </summary>
    /// <param name="lookup">What to follow.</param>
    /// <param name="onChange">Runs on a background thread, one change at a time. What it throws is logged and goes no further.</param>
    /// <returns>Dispose to stop.</returns>
    IDisposable OnChange(SecretLookup lookup, Action<SecretChange> onChange);
}
