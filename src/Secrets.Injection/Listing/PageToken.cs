using System.Globalization;
using System.Text;

namespace Secrets;

/// <summary>Where a page ended: the id of its last secret, and what that was sorted by. Nothing but this goes to a store or comes from one.</summary>
/// <param name="Id">The id.</param>
/// <param name="Sorted">A text for each field of the order.</param>
internal sealed record PageToken(Guid Id, IReadOnlyList<string> Sorted)
{
    private const int IdLength = 32;

    public static PageToken Of(SecretProperties last, SecretSort sort) => new(last.Id, [.. Texts(last, sort)]);

    public static PageToken Parse(string token, SecretSort sort)
    {
        try
        {
            string text = Encoding.UTF8.GetString(Convert.FromBase64String(token));
            if (text.Length > IdLength && Guid.TryParseExact(text[..IdLength], "N", out Guid id) && TryReadTexts(text[IdLength..], out List<string> sorted) && sorted.Count == FieldsOf(sort)) return new PageToken(id, sorted);
        }
        catch (FormatException)
        {
            // Answered below.
        }

        throw ListingErrors.Invalid("continuation-token", "What the page is to follow is not what a page in this order gave as its next one.");
    }

    /// <summary>What <see cref="Parse"/> reads. Each text is preceded by its length, so that none can be taken for another's end.</summary>
    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $"{Id:N}{string.Concat(Sorted.Select(text => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}")))}"));

    /// <summary>Whether a secret comes up to the end of that page, whether its last secret is there still or not.</summary>
    public bool IsUpTo(SecretProperties properties, SecretSort sort)
    {
        int i = 0;
        SecretSort? one = sort;
        foreach (string text in Texts(properties, sort))
        {
            int order = string.CompareOrdinal(text, Sorted[i++]);
            if (order != 0) return one!.IsDescending ? order > 0 : order < 0;
            one = one!.Then;
        }

        return properties.Id.CompareTo(Id) <= 0;
    }

    // Instants to the tick, in a width that sorts as text.
    private static IEnumerable<string> Texts(SecretProperties properties, SecretSort sort)
    {
        for (SecretSort? one = sort; one is not null; one = one.Then)
        {
            yield return SecretFields.IsInstant(one.Field)
                ? SecretFields.InstantOf(properties, one.Field)?.UtcTicks.ToString("D19", CultureInfo.InvariantCulture) ?? ""
                : SecretFields.TextOf(properties, one.Field) ?? "";
        }
    }

    private static bool TryReadTexts(string text, out List<string> texts)
    {
        texts = [];
        while (text.Length > 0)
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || !int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > text.Length - colon - 1) return false;
            texts.Add(text.Substring(colon + 1, length));
            text = text[(colon + 1 + length)..];
        }

        return true;
    }

    private static int FieldsOf(SecretSort sort)
    {
        int fields = 0;
        for (SecretSort? one = sort; one is not null; one = one.Then) fields++;
        return fields;
    }
}
