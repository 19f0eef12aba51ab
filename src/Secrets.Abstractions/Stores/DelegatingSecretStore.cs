namespace Secrets;

/// <summary>
/// Forwards everything to another store, capabilities included. The base of every decorator (audit, fault injection, mirror): override what
/// changes, and nothing else is lost.
/// </summary>
/// <param name="inner">The store to forward to. Disposed with this one.</param>
public abstract class DelegatingSecretStore(ISecretStore inner) : ISecretStore
{
    /// <summary>The store that is forwarded to.</summary>
    protected ISecretStore Inner { get; } = inner ?? throw new ArgumentNullException(nameof(inner));

    /// <inheritdoc/>
    public virtual string Name => Inner.Name;

    /// <inheritdoc/>
    public virtual SecretStoreCapabilities Capabilities => Inner.Capabilities;

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken) =>
        Inner.ReadAsync(reads, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken) =>
        Inner.DescribeAsync(addresses, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken) =>
        Inner.ListAsync(listing, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken) =>
        Inner.ListVersionsAsync(address, continuationToken, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken) =>
        Inner.WriteAsync(write, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken) =>
        Inner.PromoteAsync(promotion, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken) =>
        Inner.DeleteAsync(delete, cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken) =>
        Inner.RecoverAsync(address, cancellationToken);

    /// <inheritdoc/>
    public virtual IAsyncEnumerable<SecretStoreChange> WatchAsync(CancellationToken cancellationToken) => Inner.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Inner.DisposeAsync();
    }
}
