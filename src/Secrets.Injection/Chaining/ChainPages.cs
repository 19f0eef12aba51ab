using System.Globalization;

namespace Secrets;

/// <summary>Continuation tokens over several stores: which store, and its own token.</summary>
internal static class ChainPages
{
    internal static (int Store, string? Token) Parse(string? token, int stores)
    {
        if (token is null) return (0, null);
        int colon = token.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && int.TryParse(token.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int store) && store < stores)
            return (store, colon + 1 == token.Length ? null : token[(colon + 1)..]);
        throw ClientErrors.Invalid("continuation-token", "The continuation token is not one of this chain of stores. Start the listing anew.");
    }

    internal static string? Next(int store, string? token, int stores)
    {
        if (token is not null) return string.Create(CultureInfo.InvariantCulture, $"{store}:{token}");
        return store + 1 < stores ? string.Create(CultureInfo.InvariantCulture, $"{store + 1}:") : null;
    }
}
