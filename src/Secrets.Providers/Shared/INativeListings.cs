namespace Secrets;

/// <summary>How one backend lists.</summary>
internal interface INativeListings
{
    ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken);

    ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken);
}
