using System.Text;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Native = Azure.Security.KeyVault.Secrets;

namespace Secrets;

/// <summary>Pages of properties: first what is there, then, if asked for, what can be recovered. The service narrows by nothing.</summary>
internal sealed class AzureListings(SecretClient client, AzureNames names, AzureVersions versions, AzureErrors errors) : INativeListings
{
    private const char Live = 'l';
    private const char Deleted = 'd';

    public async ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        errors.CheckPageSize(listing);
        string fingerprint = ListingFingerprint.Of(listing);
        (char phase, string? next) = ReadToken(listing, fingerprint);
        try
        {
            List<SecretProperties> items = [];
            string? after;
            if (phase == Live)
            {
                Page<Native.SecretProperties>? page = await FirstAsync(client.GetPropertiesOfSecretsAsync(cancellationToken).AsPages(next, listing.PageSize), cancellationToken).ConfigureAwait(false);
                foreach (Native.SecretProperties native in page?.Values ?? [])
                    Add(items, listing, native, null);
                after = page?.ContinuationToken is { } token ? Token(fingerprint, Live, token) : listing.IncludeDeleted ? Token(fingerprint, Deleted, "") : null;
            }
            else
            {
                Page<DeletedSecret>? page = await FirstAsync(client.GetDeletedSecretsAsync(cancellationToken).AsPages(next, listing.PageSize), cancellationToken).ConfigureAwait(false);
                foreach (DeletedSecret native in page?.Values ?? [])
                    Add(items, listing, native.Properties, native.DeletedOn ?? DateTimeOffset.UnixEpoch);
                after = page?.ContinuationToken is { } token ? Token(fingerprint, Deleted, token) : null;
            }

            return new SecretPage(items, after);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "list", "readMetadata", null);
        }
    }

    public async ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken)
    {
        if (continuationToken is not null)
            throw errors.WrongToken("list the versions of", address);
        try
        {
            // The service lists versions in no order, so all are read before the first is given.
            (_, List<Native.SecretProperties> found) = await versions.FindAsync(address, cancellationToken).ConfigureAwait(false);
            return found.Count == 0
                ? throw errors.Make(SecretErrorCode.NotFound, null, "list the versions of", address, "There is no such secret in this vault.")
                : new SecretPage([.. found.Select((version, i) => AzureProperties.Of(address, version, i == 0 ? SecretVersionState.Current : SecretVersionState.Previous))]);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw errors.From(fault, "list the versions of", "readMetadata", address);
        }
    }

    private void Add(List<SecretProperties> items, SecretListing listing, Native.SecretProperties native, DateTimeOffset? deletedOn)
    {
        if (!names.TryFromNative(native.Name, out SecretAddress address))
            return;
        SecretProperties properties = AzureProperties.Of(address, native, SecretVersionState.Current) with { DeletedOn = deletedOn };
        if (listing.Matches(properties))
            items.Add(properties);
    }

    private static async Task<Page<T>?> FirstAsync<T>(IAsyncEnumerable<Page<T>> pages, CancellationToken cancellationToken)
        where T : notnull
    {
        await foreach (Page<T> page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
            return page;
        return null;
    }

    private static string Token(string fingerprint, char phase, string next) => fingerprint + phase + Convert.ToBase64String(Encoding.UTF8.GetBytes(next));

    private (char Phase, string? Next) ReadToken(SecretListing listing, string fingerprint)
    {
        if (listing.ContinuationToken is not { } token)
            return (Live, null);
        if (!token.StartsWith(fingerprint, StringComparison.Ordinal) || token.Length == fingerprint.Length || token[fingerprint.Length] is not (Live or Deleted))
            throw errors.WrongToken("list", null);
        Span<byte> bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token[(fingerprint.Length + 1)..], bytes, out int count))
            throw errors.WrongToken("list", null);
        string next = Encoding.UTF8.GetString(bytes[..count]);
        // The service's token is an address, and the SDK sends the credential to it: only ever to this vault.
        if (next.Length > 0 && (!Uri.TryCreate(next, UriKind.Absolute, out Uri? url) || url.GetLeftPart(UriPartial.Authority) != client.VaultUri.GetLeftPart(UriPartial.Authority)))
            throw errors.WrongToken("list", null);
        return (token[fingerprint.Length], next.Length == 0 ? null : next);
    }
}
