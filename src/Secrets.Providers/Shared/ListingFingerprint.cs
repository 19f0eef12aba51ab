using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>What a continuation token begins with, so that a token of another listing is refused and not misread.</summary>
internal static class ListingFingerprint
{
    public static string Of(SecretListing listing)
    {
        // No scopes at all and an empty list of them are two listings.
        string scopes = listing.Scopes is null ? "" : string.Join('\n', listing.Scopes) + "\n";
        return Of(string.Join('\0', scopes, listing.IncludePublic, listing.Owner, listing.AllOwners, listing.NamePrefix, listing.IncludeDeleted, listing.PageSize));
    }

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6)) + ".";
}
