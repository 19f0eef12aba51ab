namespace Secrets;

/// <summary>A backend's three parts as one store, behind the checks that all have in common: what is not declared is refused here.</summary>
/// <param name="name">Shown in errors.</param>
/// <param name="capabilities">What the parts can do.</param>
/// <param name="reads">Reads.</param>
/// <param name="listings">Lists.</param>
/// <param name="writes">Changes.</param>
/// <param name="client">The vendor's client, ended with the store; null for one that is not the store's.</param>
internal sealed class NativeSecretStore(
    string name, SecretStoreCapabilities capabilities, INativeReads reads, INativeListings listings, INativeWrites writes, IDisposable? client) : ISecretStore
{
    public string Name => name;

    public SecretStoreCapabilities Capabilities => capabilities;

    public ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        cancellationToken.ThrowIfCancellationRequested();
        return reads.ReadAsync(asked, cancellationToken);
    }

    public ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        cancellationToken.ThrowIfCancellationRequested();
        return reads.DescribeAsync(addresses, cancellationToken);
    }

    public ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        cancellationToken.ThrowIfCancellationRequested();
        return listings.ListAsync(listing, cancellationToken);
    }

    public ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return listings.ListVersionsAsync(address, continuationToken, cancellationToken);
    }

    public ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        Need(SecretStoreFeatures.Move, write.MoveFrom is not null, write.Address);
        Need(SecretStoreFeatures.Promote, write.Pending, write.Address);
        Need(SecretStoreFeatures.WriteIfAbsent, write.Condition.IfAbsent, write.Address);
        Need(SecretStoreFeatures.WriteIfVersion, write.Condition.IfVersion is not null, write.Address);
        cancellationToken.ThrowIfCancellationRequested();
        return writes.WriteAsync(write, cancellationToken);
    }

    public ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        Need(SecretStoreFeatures.Promote, isAskedFor: true, promotion.Address);
        cancellationToken.ThrowIfCancellationRequested();
        return writes.PromoteAsync(promotion, cancellationToken);
    }

    public ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delete);
        Need(SecretStoreFeatures.DestroyVersion, delete.Version is not null, delete.Address);
        Need(SecretStoreFeatures.WriteIfVersion, delete.Condition.IfVersion is not null, delete.Address);
        cancellationToken.ThrowIfCancellationRequested();
        return writes.DeleteAsync(delete, cancellationToken);
    }

    public ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        Need(SecretStoreFeatures.SoftDelete, isAskedFor: true, address);
        cancellationToken.ThrowIfCancellationRequested();
        return writes.RecoverAsync(address, cancellationToken);
    }

    public IAsyncEnumerable<SecretStoreChange> WatchAsync(CancellationToken cancellationToken) =>
        throw SecretException.Unsupported(this, SecretStoreFeatures.Watch);

    public ValueTask DisposeAsync()
    {
        client?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Need(SecretStoreFeatures feature, bool isAskedFor, SecretAddress address)
    {
        if (isAskedFor && !capabilities.Has(feature))
            throw SecretException.Unsupported(this, feature, address);
    }
}
