using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Secrets;

/// <summary>Pages of a state. A token names the last entry given, so changes in between neither repeat nor lose an entry that stayed.</summary>
internal sealed class InMemoryListings(InMemoryErrors errors)
{
    // Small, so that a caller who forgets the token is found out by its tests.
    private const int VersionsPageSize = 25;

    internal SecretPage List(InMemoryState state, SecretListing listing)
    {
        string fingerprint = Fingerprint(listing);
        (SecretAddress Address, bool GaveLive)? last = listing.ContinuationToken is null ? null : Read(listing.ContinuationToken, fingerprint);
        List<SecretProperties> items = [];
        foreach (InMemorySlot slot in state.From(last?.Address))
        {
            bool isLast = last is { } at && at.Address == slot.Address;
            if (!isLast && slot.Live?.Current is { } live && listing.Matches(live.Shown))
            {
                if (items.Count == listing.PageSize) return Page(items, fingerprint);
                items.Add(live.Shown);
            }

            if (!(isLast && !last!.Value.GaveLive) && slot.Deleted?.Current is { } deleted && listing.Matches(deleted.Shown))
            {
                if (items.Count == listing.PageSize) return Page(items, fingerprint);
                items.Add(deleted.Shown);
            }
        }

        return new SecretPage(items);
    }

    internal SecretPage ListVersions(InMemorySecret secret, string? continuationToken)
    {
        int start = 0;
        if (continuationToken is not null)
        {
            int last = secret.Versions.FindIndex(version => version.Version.Value == continuationToken);
            if (last < 0) throw errors.BadToken();
            start = last + 1;
        }

        List<SecretProperties> items = [.. secret.Versions.Skip(start).Take(VersionsPageSize).Select(version => version.Shown)];
        return new SecretPage(items, start + items.Count < secret.Versions.Count ? items[^1].Version.Value : null);
    }

    private static SecretPage Page(List<SecretProperties> items, string fingerprint)
    {
        SecretProperties last = items[^1];
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(fingerprint);
            writer.WriteStringValue(last.Scope.ToString());
            writer.WriteStringValue(last.Address.Owner);
            writer.WriteStringValue(last.Name);
            writer.WriteBooleanValue(last.DeletedOn is null);
            writer.WriteEndArray();
        }

        return new SecretPage(items, Convert.ToBase64String(json.ToArray()));
    }

    private (SecretAddress Address, bool GaveLive) Read(string token, string fingerprint)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(Convert.FromBase64String(token));
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() != 5 || root[0].GetString() != fingerprint) throw errors.BadToken();
            return (new SecretAddress(SecretScope.Parse(root[1].GetString()!), root[2].GetString(), root[3].GetString()!), root[4].GetBoolean());
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentNullException)
        {
            throw errors.BadToken();
        }
    }

    // Lengths before texts: no two listings can be written the same.
    private static string Fingerprint(SecretListing listing)
    {
        StringBuilder text = new();
        text.Append(listing.IncludePublic).Append(listing.AllOwners).Append(listing.IncludeDeleted);
        Append(text, listing.Owner);
        Append(text, listing.NamePrefix);
        foreach (SecretScope scope in listing.Scopes ?? [])
            Append(text, scope.ToString());
        if (listing.Scopes is null) text.Append("all");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private static void Append(StringBuilder text, string? field) => text.Append('|').Append(field?.Length ?? -1).Append(':').Append(field);
}
