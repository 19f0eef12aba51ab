namespace Secrets;

/// <summary>One column of a listing: a field of the secret, or a tag of it. Never a value.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Field">The field it shows; null for a tag.</param>
/// <param name="Tag">The tag it shows; null for a field.</param>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed record SecretColumn(string Title, SecretField? Field = null, string? Tag = null)
{
    private const string TagPrefix = "tag:";

    /// <value>What stands where a secret has none. Default an empty text.</value>
    public string Missing { get; init; } = "";

    /// <summary>The column of a word: a field, under its own word in capitals, or <c>tag:NAME</c>, under the tag's name.</summary>
    /// <param name="word">The word.</param>
    /// <returns>The column.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>field</c>): there is no such field; the message lists them.</exception>
    public static SecretColumn Parse(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.StartsWith(TagPrefix, StringComparison.Ordinal) && word.Length > TagPrefix.Length
            ? new SecretColumn(word[TagPrefix.Length..], Tag: word[TagPrefix.Length..])
            : Of(SecretFields.Parse(word));
    }

    /// <summary>The column of a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="title">Its head; null for its word in capitals.</param>
    /// <returns>The column.</returns>
    public static SecretColumn Of(SecretField field, string? title = null) => new(title ?? SecretFields.Words[(int)field].ToUpperInvariant(), field);

    /// <summary>What the column shows of a secret.</summary>
    /// <param name="properties">The secret.</param>
    /// <returns>The text.</returns>
    public string TextOf(SecretProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        string? text = Field is { } field ? SecretFields.TextOf(properties, field) : Tag is null ? null : properties.Tags.GetValueOrDefault(Tag);
        return string.IsNullOrEmpty(text) ? Missing : text;
    }
}
