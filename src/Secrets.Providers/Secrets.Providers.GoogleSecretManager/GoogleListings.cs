using static Secrets.GoogleMessages;

namespace Secrets;

/// <summary>Pages of properties and of versions; the service narrows by parts of names.</summary>
internal sealed class GoogleListings(GoogleClient client, NativeNames names, GoogleErrors errors) : INativeListings
{
    private const int VersionsPageSize = 100;
    private const int MaxFilterTerms = 10;

    public async ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        errors.CheckPageSize(listing);
        string fingerprint = ListingFingerprint.Of(listing);
        string? token = errors.OwnToken(listing.ContinuationToken, fingerprint, "list", null);
        try
        {
            ListSecretsResponse page = await client.ListSecretsAsync(listing.PageSize, token, Filter(listing), cancellationToken).ConfigureAwait(false);
            List<SecretProperties> items = [];
            foreach (NativeSecret secret in page.Secrets ?? [])
            {
                if (secret.Name is null || !names.TryFromNative(GoogleProperties.LastPart(secret.Name), out SecretAddress address))
                    continue;
                // The service lists secrets without their versions.
                SecretProperties properties = GoogleProperties.Of(address, null, SecretVersionState.Current, secret);
                if (listing.Matches(properties))
                    items.Add(properties);
            }

            return new SecretPage(items, string.IsNullOrEmpty(page.NextPageToken) ? null : fingerprint + page.NextPageToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "list", "secrets.list", null);
        }
    }

    public async ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken)
    {
        string native = names.ToNative(address, errors.StoreName);
        string fingerprint = ListingFingerprint.Of(native);
        string? token = errors.OwnToken(continuationToken, fingerprint, "list the versions of", address);
        try
        {
            NativeSecret secret = await client.GetSecretAsync(native, cancellationToken).ConfigureAwait(false);
            // The service gives the newest first.
            ListVersionsResponse page = await client.ListVersionsAsync(native, VersionsPageSize, token, cancellationToken).ConfigureAwait(false);
            SecretProperties[] items =
            [
                .. (page.Versions ?? []).Select((version, i) => GoogleProperties.Of(
                    address, GoogleProperties.LastPart(version.Name), GoogleProperties.StateOf(version, isNewest: i == 0 && token is null), secret) with { UpdatedOn = version.CreateTime ?? default }),
            ];
            return new SecretPage(items, string.IsNullOrEmpty(page.NextPageToken) ? null : fingerprint + page.NextPageToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "list the versions of", "versions.list", address);
        }
    }

    /// <summary>What asks for names with one of these parts; null if nothing can be said.</summary>
    public static string? FilterOf(IReadOnlyList<string> parts) =>
        parts.Count is 0 or > MaxFilterTerms || parts.Contains("") ? null : string.Join(" OR ", parts.Distinct().Select(part => "name:" + part));

    private string? Filter(SecretListing listing) =>
        FilterOf([.. (listing.Scopes ?? [SecretScope.Team]).Select(scope => scope == SecretScope.Team ? names.Prefix : names.PrefixOf(scope))]);
}
