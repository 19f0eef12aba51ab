using static Secrets.AwsMessages;

namespace Secrets;

/// <summary>Pages of properties and of versions; the service narrows by native prefix.</summary>
internal sealed class AwsListings(AwsClient client, NativeNames names, AwsErrors errors) : INativeListings
{
    private const int MaxPage = 100;
    private const int MaxFilterValues = 10;

    public async ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        errors.CheckPageSize(listing);
        IReadOnlyList<string>? prefixes = Prefixes(listing);
        string fingerprint = ListingFingerprint.Of(listing);
        string? token = errors.OwnToken(listing.ContinuationToken, fingerprint, "list", null);
        try
        {
            ListSecretsResponse page = await client.ListSecretsAsync(
                new ListSecretsRequest(
                    Math.Min(listing.PageSize, MaxPage),
                    token,
                    prefixes is null ? null : [new NativeFilter("name", prefixes)],
                    listing.IncludeDeleted),
                cancellationToken).ConfigureAwait(false);
            List<SecretProperties> items = [];
            foreach (NativeSecret secret in page.SecretList ?? [])
            {
                if (!names.TryFromNative(secret.Name, out SecretAddress address) || AwsProperties.CurrentOf(secret) is not { } version)
                    continue;
                SecretProperties properties = AwsProperties.Of(address, version, SecretVersionState.Current, secret);
                if (listing.Matches(properties))
                    items.Add(properties);
            }

            return new SecretPage(items, page.NextToken is null ? null : fingerprint + page.NextToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "list", "ListSecrets", null);
        }
    }

    public async ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken)
    {
        string native = names.ToNative(address, errors.StoreName);
        if (continuationToken is not null)
            throw errors.WrongToken("list the versions of", address);
        try
        {
            NativeSecret secret = await client.DescribeSecretAsync(new SecretIdRequest(native), cancellationToken).ConfigureAwait(false);
            if (secret.DeletedDate is not null)
                throw errors.Make(SecretErrorCode.NotFound, AwsErrors.Deleted, "list the versions of", address, "It is scheduled for deletion. Recover it first.");
            List<NativeVersion> versions = [];
            string? token = null;
            do
            {
                ListSecretVersionIdsResponse page = await client.ListSecretVersionIdsAsync(new ListSecretVersionIdsRequest(native, MaxPage, token), cancellationToken).ConfigureAwait(false);
                versions.AddRange(page.Versions ?? []);
                token = page.NextToken;
            }
            while (token is not null);
            // The service promises no order, so all pages (a secret keeps about a hundred versions) are read before the first is given.
            return new SecretPage([.. versions.OrderByDescending(version => version.CreatedDate).Select(version => Describe(address, secret, version))]);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "list the versions of", "ListSecretVersionIds", address);
        }
    }

    private static SecretProperties Describe(SecretAddress address, NativeSecret secret, NativeVersion version) =>
        AwsProperties.Of(address, version.VersionId, AwsProperties.StateOf(version.VersionStages), secret) with { UpdatedOn = AwsProperties.Instant(version.CreatedDate) };

    /// <summary>What every wanted native name begins with; null if nothing can be said.</summary>
    private List<string>? Prefixes(SecretListing listing)
    {
        bool publicOnly = listing.Owner is null && !listing.AllOwners;
        // A name's beginning is its native name's beginning only where no escape can follow from what comes after.
        string narrow = publicOnly && listing.NamePrefix is { } start && start.All(char.IsAsciiLetterOrDigit) ? start : "";
        List<string> prefixes = [];
        if (listing.Scopes is null)
            return names.Prefix.Length == 0 ? null : [names.Prefix];
        foreach (SecretScope scope in listing.Scopes)
        {
            if (scope != SecretScope.Team)
                prefixes.Add(names.PrefixOf(scope) + narrow);
            else if (names.Prefix.Length > 0)
                prefixes.Add(names.Prefix);
            else
                return null;
        }

        // An empty list of scopes wants nothing, which no filter says; the listing's own rule does.
        return prefixes.Count is 0 or > MaxFilterValues ? null : prefixes;
    }
}
