using System.Globalization;

namespace Secrets;

/// <summary>Fields by the words that users write, and what they hold of a secret.</summary>
public static class SecretFields
{
    private const string Instant = "yyyy-MM-dd HH:mm:ss";

    /// <summary>The words, in the order of <see cref="SecretField"/>.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetNames<SecretField>().Select(name => name.ToLowerInvariant())];

    /// <summary>The field of a word.</summary>
    /// <param name="word">The word, in any case.</param>
    /// <returns>The field.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>field</c>): there is no such field; the message lists them.</exception>
    public static SecretField Parse(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        for (int i = 0; i < Words.Count; i++)
        {
            if (string.Equals(Words[i], word, StringComparison.OrdinalIgnoreCase)) return (SecretField)i;
        }

        throw ListingErrors.Invalid("field", $"There is no field of that name. The fields are: {string.Join(", ", Words)}.");
    }

    /// <summary>What a field holds, as text; instants in UTC as <c>2030-01-31 13:00:00</c>.</summary>
    /// <param name="properties">The secret.</param>
    /// <param name="field">The field.</param>
    /// <returns>The text; null where the secret has none.</returns>
    public static string? TextOf(SecretProperties properties, SecretField field)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return field switch
        {
            SecretField.Id => properties.Id == Guid.Empty ? null : properties.Id.ToString("D"),
            SecretField.Name => properties.Name,
            SecretField.Type => properties.Type,
            SecretField.Description => properties.Description,
            SecretField.Scope => properties.Scope.ToString(),
            SecretField.Private => properties.Visibility == SecretVisibility.Private ? "true" : "false",
            SecretField.Version => properties.Version.Value,
            SecretField.Owner => properties.Address.Owner,
            SecretField.Keys => properties.KeyNames is { } keys ? string.Join(",", keys) : null,
            _ => InstantOf(properties, field)?.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Some fields of a secret, in the order asked: what a listing with chosen columns shows.</summary>
    /// <param name="properties">The secret.</param>
    /// <param name="fields">The fields.</param>
    /// <returns>Word and text of each; null where the secret has none.</returns>
    public static IReadOnlyList<KeyValuePair<string, string?>> Pick(SecretProperties properties, params IEnumerable<SecretField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return [.. fields.Select(field => KeyValuePair.Create(Words[(int)field], TextOf(properties, field)))];
    }

    internal static bool IsInstant(SecretField field) => field is SecretField.Created or SecretField.Updated or SecretField.Expires;

    internal static DateTimeOffset? InstantOf(SecretProperties properties, SecretField field) => field switch
    {
        SecretField.Created => Known(properties.CreatedOn),
        SecretField.Updated => Known(properties.UpdatedOn),
        SecretField.Expires => properties.ExpiresOn,
        _ => null,
    };

    internal static DateTimeOffset ParseInstant(string text)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, [Instant, "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, utc, out DateTimeOffset instant)
            ? instant
            : throw ListingErrors.Invalid("instant", $"An instant is written '{Instant}' (UTC), or as ISO 8601.");
    }

    private static DateTimeOffset? Known(DateTimeOffset instant) => instant == default ? null : instant;
}
