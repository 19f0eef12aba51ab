namespace Secrets.Injection.Tests.Caching;

/// <summary>Has every secret, never changes, and reports each read: as little store as a simulation of many hosts needs.</summary>
internal sealed class UnchangingStore(Action<int> onRead) : ISecretStore
{
    private static readonly SecretVersion First = new("1");

    public string Name => "unchanging";

    public SecretStoreCapabilities Capabilities { get; } = new(SecretStoreFeatures.BatchRead | SecretStoreFeatures.ReadUnlessVersion) { MaxBatchSize = 20 };

    public ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        onRead(reads.Count);
        SecretReadResult[] results = new SecretReadResult[reads.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = reads[i].UnlessVersion == First ? SecretReadResult.NotModified : SecretReadResult.Found(new Secret(new SecretProperties(reads[i].Address, First) { Id = Guid.NewGuid() }, new SecretValues { ["key"] = "1" }));
        return ValueTask.FromResult<IReadOnlyList<SecretReadResult>>(results);
    }

    public ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken) => throw SecretException.Unsupported(this, SecretStoreFeatures.Describe);

    public ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken) => throw SecretException.Unsupported(this, SecretStoreFeatures.List);

    public ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken) => throw SecretException.Unsupported(this, SecretStoreFeatures.Versions);

    public ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken) => throw SecretException.Unsupported(this, SecretStoreFeatures.Write);

    public ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken) => throw SecretException.Unsupported(this, SecretStoreFeatures.Promote);

    public ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken) => throw SecretException.Unsupported(this, SecretStoreFeatures.Delete);

    public ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken) => throw SecretException.Unsupported(this, SecretStoreFeatures.SoftDelete);

    public IAsyncEnumerable<SecretStoreChange> WatchAsync(CancellationToken cancellationToken) => throw SecretException.Unsupported(this, SecretStoreFeatures.Watch);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
