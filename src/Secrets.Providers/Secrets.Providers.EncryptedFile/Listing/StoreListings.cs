using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>Pages of the index. A token names the last entry given, so changes in between neither repeat nor lose an entry that stayed.</summary>
internal static class StoreListings
{
    internal const int MaxPageSize = 10_000;
    private const int VersionsPageSize = 100;

    internal static SecretPage List(LogState state, SecretListing listing)
    {
        string fingerprint = Fingerprint(listing);
        Place? last = listing.ContinuationToken is { } token ? Read(token, fingerprint, state.StoreName) : null;
        List<SecretProperties> items = [];
        Place given = default;
        lock (state.Index.Gate)
        {
            SecretAddress[] ordered = state.Index.Ordered();
            for (int i = Start(ordered, last); i < ordered.Length; i++)
            {
                foreach ((SecretEntry? entry, bool isDeleted) in new[] { (state.Index.Live(ordered[i]), false), (state.Index.Deleted(ordered[i]), true) })
                {
                    Place place = new(ordered[i], isDeleted);
                    if (entry is null || (isDeleted && !listing.IncludeDeleted) || (last is { } at && at.Covers(place)) || !Matches(listing, entry, out SecretProperties? properties))
                        continue;
                    if (items.Count == listing.PageSize)
                        return new SecretPage(items, Write(given, fingerprint));
                    items.Add(properties);
                    given = place;
                }
            }
        }

        return new SecretPage(items);
    }

    internal static SecretPage ListVersions(LogState state, SecretAddress address, string? continuationToken)
    {
        ulong below = ulong.MaxValue;
        if (continuationToken is not null && (!ulong.TryParse(continuationToken, out below) || below == 0))
            throw StoreErrors.BadToken(state.StoreName);
        lock (state.Index.Gate)
        {
            SecretEntry entry = state.Index.Live(address) ?? throw StoreErrors.NotFound(address, "list the versions of", state.StoreName);
            List<SecretProperties> items = [];
            for (int i = entry.Versions.Length - 1; i >= 0; i--)
            {
                VersionEntry version = entry.Versions[i];
                if (version.Version >= below)
                    continue;
                if (items.Count == VersionsPageSize)
                    return new SecretPage(items, items[^1].Version.Value);
                items.Add(entry.PropertiesOf(version));
            }

            return new SecretPage(items);
        }
    }

    private static bool Matches(SecretListing listing, SecretEntry entry, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SecretProperties? properties)
    {
        properties = null;
        // Cheap tests first: opening the properties of every secret of a large store for a narrow listing would be slow.
        if (listing.NamePrefix is { } prefix && !entry.Address.Name.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        if (entry.Current is not { } current)
            return false;
        properties = entry.PropertiesOf(current);
        return listing.Matches(properties);
    }

    private static int Start(SecretAddress[] ordered, Place? last)
    {
        if (last is not { } place)
            return 0;
        int found = Array.BinarySearch(ordered, place.Address, AddressComparer.Instance);
        return found < 0 ? ~found : found;
    }

    private static string Write(Place place, string fingerprint) => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Join('\n', [fingerprint, place.IsDeleted ? "d" : "l", place.Address.Scope.ToString(), place.Address.Owner is null ? "p" : "o" + place.Address.Owner, place.Address.Name])));

    private static Place Read(string token, string fingerprint, string storeName)
    {
        try
        {
            string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('\n', 5);
            if (parts.Length == 5 && parts[0] == fingerprint)
                return new Place(new SecretAddress(SecretScope.Parse(parts[2]), parts[3] == "p" ? null : parts[3][1..], parts[4]), parts[1] == "d");
        }
        catch (Exception failure) when (failure is FormatException or SecretException or ArgumentException)
        {
            // Told below, like any other token that is not ours.
        }

        throw StoreErrors.BadToken(storeName);
    }

    private static string Fingerprint(SecretListing listing)
    {
        string text = string.Join('\n', [
            listing.Scopes is null ? "*" : string.Join('\t', listing.Scopes),
            $"{listing.IncludePublic} {listing.AllOwners} {listing.IncludeDeleted}",
            listing.Owner ?? "\0",
            listing.NamePrefix ?? "\0"]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    /// <summary>A live secret comes before the deleted one of the same address.</summary>
    private readonly record struct Place(SecretAddress Address, bool IsDeleted)
    {
        internal bool Covers(Place other) => other.Address == Address && (IsDeleted || !other.IsDeleted);
    }
}
