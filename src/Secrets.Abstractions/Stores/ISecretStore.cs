namespace Secrets;

/// <summary>
/// A backend. What a backend author implements; applications hold an <see cref="ISecretsClient"/> instead.
/// </summary>
/// <remarks>
/// <para>
/// A store does the wire and nothing else. Name rules, scope chains, visibility, policy, caching, audit, tracing, merging and filtering stand
/// once, above it. It classifies its native errors as <see cref="SecretException"/> with <see cref="SecretException.StoreName"/> set and any
/// text that could hold a value scrubbed, retries only as far as its vendor's SDK does, and is safe to call from any thread at once.
/// </para>
/// <para>
/// A call that needs a feature which <see cref="Capabilities"/> does not declare throws <see cref="SecretException.Unsupported"/>. Every
/// asynchronous method observes its token promptly and answers cancellation with <see cref="OperationCanceledException"/>.
/// </para>
/// </remarks>
public interface ISecretStore : IAsyncDisposable
{
    /// <summary>Shown in errors, spans and metrics: <c>azure-key-vault:prod</c>. Stable for the life of the store; holds no credential.</summary>
    string Name { get; }

    /// <summary>What this store can do. Stable for the life of the store.</summary>
    SecretStoreCapabilities Capabilities { get; }

    /// <summary>Reads many secrets in as few round trips as the backend allows.</summary>
    /// <param name="reads">What to read; any number, the store batches underneath. The same address may occur twice.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One result per request, in the order asked. One entry's failure is that entry's and never spoils another's.</returns>
    /// <exception cref="SecretException">The call as a whole could not be made.</exception>
    ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken);

    /// <summary>
    /// What is known of secrets without reading a value: existence, version, tags, and key names where the backend keeps them. Works with a
    /// permission that cannot read values. Needs <see cref="SecretStoreFeatures.Describe"/>.
    /// </summary>
    /// <param name="addresses">The secrets; any number.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One result per address, in the order asked.</returns>
    /// <exception cref="SecretException">The call as a whole could not be made.</exception>
    ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken);

    /// <summary>
    /// One page of properties, never values, in an order that is stable from page to page. The store narrows by what it can and may return
    /// more than was asked for: the caller filters again. Needs <see cref="SecretStoreFeatures.List"/>.
    /// </summary>
    /// <param name="listing">What to list, and where to go on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page. It may be empty and still not be the last.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> for a token of another listing; or the call could not be made.</exception>
    ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken);

    /// <summary>One page of the versions of one secret, newest first, states included. Needs <see cref="SecretStoreFeatures.Versions"/>.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="continuationToken">Null for the first page; else the token of the page before.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>: no such secret; or the call could not be made.</exception>
    ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a whole new version: all pairs and all properties. Nothing is merged. When it returns, the write is durable; when it throws,
    /// the secret is as it was (or, after <see cref="SecretErrorCode.TimedOut"/> and cancellation, wholly one or wholly the other). Needs
    /// <see cref="SecretStoreFeatures.Write"/>.
    /// </summary>
    /// <param name="write">What to write, and on which condition.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The properties as stored, with the new version.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.AlreadyExists"/>, <see cref="SecretErrorCode.Conflict"/>: the condition does not hold.
    /// <see cref="SecretErrorCode.InvalidArgument"/>: over a limit. <see cref="SecretErrorCode.Unsupported"/>: needs a feature not declared.
    /// </exception>
    ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a version that exists the current one: a pending one (rotation) or a previous one (rollback). Needs
    /// <see cref="SecretStoreFeatures.Promote"/>.
    /// </summary>
    /// <param name="promotion">Which version, and on which condition.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The properties of what is now current. A store that numbers every change may give it a new version.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>, <see cref="SecretErrorCode.Conflict"/>; or the call could not be made.</exception>
    ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken);

    /// <summary>Deletes a secret, or destroys one version. Needs <see cref="SecretStoreFeatures.Delete"/>.</summary>
    /// <param name="delete">What to delete, how, and on which condition.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when the deletion is durable.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>, <see cref="SecretErrorCode.Conflict"/>; or the call could not be made.</exception>
    ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken);

    /// <summary>Brings back a secret that was deleted softly. Needs <see cref="SecretStoreFeatures.SoftDelete"/>.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The properties of the recovered secret.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.NotFound"/>: nothing to recover. <see cref="SecretErrorCode.AlreadyExists"/>: the address is taken again.
    /// </exception>
    ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken);

    /// <summary>
    /// Changes, as they happen, whoever made them. Ends only by cancellation or by an error; after an error the caller must assume that
    /// anything changed. Needs <see cref="SecretStoreFeatures.Watch"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>The changes. A change may be reported twice, never not at all.</returns>
    IAsyncEnumerable<SecretStoreChange> WatchAsync(CancellationToken cancellationToken);
}
