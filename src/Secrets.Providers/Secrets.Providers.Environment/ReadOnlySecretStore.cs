using System.Globalization;

namespace Secrets;

/// <summary>What the two stores of this package share: reading from something small and local, nothing written.</summary>
public abstract class ReadOnlySecretStore : ISecretStore
{
    private const SecretStoreFeatures Common =
        SecretStoreFeatures.List | SecretStoreFeatures.Describe | SecretStoreFeatures.KeysWithoutValues | SecretStoreFeatures.BatchRead | SecretStoreFeatures.ReadUnlessVersion;

    private protected ReadOnlySecretStore(string name, SecretStoreFeatures more, int maxValueBytes)
    {
        Name = name;
        // A batch costs the same as its entries one by one: the size only keeps a single call from growing without end.
        Capabilities = new(Common | more) { MaxBatchSize = 1000, MaxValueBytes = maxValueBytes };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SecretStoreCapabilities Capabilities { get; }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reads);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<SecretReadResult>>(cancellationToken);
        return new([.. reads.Select(Read)]);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<IReadOnlyList<SecretDescribeResult>>(cancellationToken);
        return new([.. addresses.Select(Describe)]);
    }

    /// <inheritdoc/>
    public ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<SecretPage>(cancellationToken);
        int skip = 0;
        if (listing.ContinuationToken is { } token && (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out skip) || skip == 0))
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The continuation token is not one of the store '{Name}'. List from the start.") { StoreName = Name, Reason = "continuation-token" };
        SecretProperties[] all = Listed(listing);
        SecretProperties[] page = [.. all.Skip(skip).Take(Math.Clamp(listing.PageSize, 1, 10_000))];
        int next = skip + page.Length;
        return new(new SecretPage(page, next < all.Length ? next.ToString(CultureInfo.InvariantCulture) : null));
    }

    /// <summary>Not supported: versions are not kept.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="continuationToken">Where to go on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/>, always.</exception>
    public ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken) =>
        throw SecretException.Unsupported(this, SecretStoreFeatures.Versions, address);

    /// <summary>Not supported: the store is read-only.</summary>
    /// <param name="write">The write.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/>, always.</exception>
    public ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken) =>
        throw SecretException.Unsupported(this, SecretStoreFeatures.Write, write?.Address);

    /// <summary>Not supported: versions are not kept.</summary>
    /// <param name="promotion">The promotion.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/>, always.</exception>
    public ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken) =>
        throw SecretException.Unsupported(this, SecretStoreFeatures.Promote, promotion?.Address);

    /// <summary>Not supported: the store is read-only.</summary>
    /// <param name="delete">The deletion.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/>, always.</exception>
    public ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken) =>
        throw SecretException.Unsupported(this, SecretStoreFeatures.Delete, delete?.Address);

    /// <summary>Not supported: the store is read-only.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/>, always.</exception>
    public ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken) =>
        throw SecretException.Unsupported(this, SecretStoreFeatures.SoftDelete, address);

    /// <summary>Not supported: the client asks again instead, which costs nothing here.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Nothing.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/>, always.</exception>
    public IAsyncEnumerable<SecretStoreChange> WatchAsync(CancellationToken cancellationToken) =>
        throw SecretException.Unsupported(this, SecretStoreFeatures.Watch);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract Secret? Find(SecretAddress address);

    private protected abstract IEnumerable<Secret> All();

    private SecretProperties[] Listed(SecretListing listing)
    {
        try
        {
            return [.. All().Select(static secret => secret.Properties).Where(listing.Matches).OrderBy(static properties => properties.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e, null);
        }
    }

    private SecretReadResult Read(SecretRead read)
    {
        try
        {
            if (Find(read.Address) is not { } secret) return SecretReadResult.NotFound;
            if (read.Version is not null) return SecretReadResult.From(SecretException.Unsupported(this, SecretStoreFeatures.Versions, read.Address));
            return read.UnlessVersion == secret.Version ? SecretReadResult.NotModified : SecretReadResult.Found(secret);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SecretReadResult.From(Failed(e, read.Address));
        }
    }

    private SecretDescribeResult Describe(SecretAddress address)
    {
        try
        {
            return Find(address) is { } secret ? SecretDescribeResult.Found(secret.Properties) : SecretDescribeResult.NotFound;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SecretDescribeResult.From(Failed(e, address));
        }
    }

    private SecretException Failed(Exception e, SecretAddress? address) => new(
        e is UnauthorizedAccessException ? SecretErrorCode.Denied : SecretErrorCode.Unavailable,
        $"{(address is { } one ? $"The secret {one}" : "A secret of the listing")} cannot be read from the store '{Name}': {e.Message} Check the file and its permissions.",
        e)
    {
        StoreName = Name,
        Address = address,
    };
}
