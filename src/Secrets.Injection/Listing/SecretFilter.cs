using System.Text.Json;

namespace Secrets;

/// <summary>
/// One condition on one field: <c>name</c> <c>startswith:openai</c>. Without an operator it is <c>equals</c>; a word before a colon that is
/// no operator is part of the text, as in <c>project:churn</c>.
/// </summary>
/// <remarks>Immutable and safe to use from any thread. Text compares char by char, case included.</remarks>
public sealed class SecretFilter
{
    private readonly IReadOnlySet<string> _texts;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _to;

    private SecretFilter(SecretField field, SecretFilterOperator comparison, IReadOnlySet<string> texts, DateTimeOffset from = default, DateTimeOffset to = default)
    {
        Field = field;
        Operator = comparison;
        _texts = texts;
        _from = from;
        _to = to;
        Text = texts.Count == 1 ? texts.First() : "";
    }

    /// <summary>The field.</summary>
    public SecretField Field { get; }

    /// <summary>How it compares.</summary>
    public SecretFilterOperator Operator { get; }

    internal string Text { get; }

    /// <summary>Reads a condition.</summary>
    /// <param name="field">The field's word.</param>
    /// <param name="condition">The condition: <c>text</c>, <c>operator:text</c>.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: no such field, an operator that the field has not, a list that is no JSON list, text after
    /// <c>isempty</c>, neither true nor false, or no instant.
    /// </exception>
    public static SecretFilter Parse(string field, string condition) => Parse(SecretFields.Parse(field), condition);

    /// <summary>Reads a condition.</summary>
    /// <param name="field">The field.</param>
    /// <param name="condition">The condition.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="SecretException">As for <see cref="Parse(string, string)"/>.</exception>
    public static SecretFilter Parse(SecretField field, string condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        (SecretFilterOperator comparison, string text) = Split(condition);
        CheckOperator(field, comparison);
        if (comparison is SecretFilterOperator.IsEmpty or SecretFilterOperator.IsNotEmpty)
        {
            if (text.Length > 0) throw ListingErrors.Invalid("filter", $"'{Word(comparison)}' takes no text after its colon.");
            return new SecretFilter(field, comparison, new HashSet<string>());
        }

        if (SecretFields.IsInstant(field)) return OfInstants(field, comparison, text);
        if (field == SecretField.Private) return new SecretFilter(field, comparison, Set(ParseBool(text)));
        bool isList = comparison is SecretFilterOperator.OneOf or SecretFilterOperator.NotOneOf;
        return new SecretFilter(field, comparison, isList ? ParseList(comparison, text) : Set(text));
    }

    /// <summary>Whether a secret meets the condition.</summary>
    /// <param name="properties">The secret.</param>
    /// <returns>True if it does. What a secret has not got, meets nothing but <c>isempty</c>, <c>notequals</c> and <c>notoneof</c>.</returns>
    public bool Matches(SecretProperties properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        string? text = SecretFields.TextOf(properties, Field);
        if (Operator == SecretFilterOperator.IsEmpty) return string.IsNullOrEmpty(text);
        if (Operator == SecretFilterOperator.IsNotEmpty) return !string.IsNullOrEmpty(text);
        if (SecretFields.IsInstant(Field)) return MatchesInstant(SecretFields.InstantOf(properties, Field));
        return Operator switch
        {
            SecretFilterOperator.NotEquals or SecretFilterOperator.NotOneOf => text is null || !_texts.Contains(text),
            _ => text is not null && MatchesText(text),
        };
    }

    /// <summary>Field and operator; not the text, which may be a pasted value.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{SecretFields.Words[(int)Field]} {Word(Operator)}";

    private static (SecretFilterOperator Comparison, string Text) Split(string condition)
    {
        int colon = condition.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            foreach (SecretFilterOperator comparison in Enum.GetValues<SecretFilterOperator>())
            {
                if (condition.AsSpan(0, colon).SequenceEqual(Word(comparison))) return (comparison, condition[(colon + 1)..]);
            }
        }

        return (SecretFilterOperator.Equals, condition);
    }

    private static void CheckOperator(SecretField field, SecretFilterOperator comparison)
    {
        bool fits = comparison switch
        {
            SecretFilterOperator.Equals or SecretFilterOperator.NotEquals => true,
            SecretFilterOperator.In => SecretFields.IsInstant(field),
            SecretFilterOperator.Gt or SecretFilterOperator.Gte or SecretFilterOperator.Lt or SecretFilterOperator.Lte => field != SecretField.Private,
            SecretFilterOperator.IsEmpty or SecretFilterOperator.IsNotEmpty => field != SecretField.Private,
            _ => field != SecretField.Private && !SecretFields.IsInstant(field),
        };
        if (!fits) throw ListingErrors.Invalid("filter", $"The field '{SecretFields.Words[(int)field]}' cannot be compared with '{Word(comparison)}'.");
    }

    private static SecretFilter OfInstants(SecretField field, SecretFilterOperator comparison, string text)
    {
        string[] bounds = comparison == SecretFilterOperator.In ? text.Split(',') : [text, text];
        if (bounds.Length != 2) throw ListingErrors.Invalid("filter", "'in' takes two instants with a comma between them.");
        (DateTimeOffset from, DateTimeOffset to) = (SecretFields.ParseInstant(bounds[0].Trim()), SecretFields.ParseInstant(bounds[1].Trim()));
        if (from > to) throw ListingErrors.Invalid("filter", "'in' takes the earlier instant first.");
        return new SecretFilter(field, comparison, new HashSet<string>(), from, to);
    }

    private static string ParseBool(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => "true",
        "false" or "0" => "false",
        _ => throw ListingErrors.Invalid("filter", "The field 'private' is compared with true, 1, false or 0."),
    };

    private static IReadOnlySet<string> ParseList(SecretFilterOperator comparison, string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
                return json.RootElement.EnumerateArray().Select(item => item.GetString()!).ToHashSet(StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            // Answered below, without the text, which the parser's own message may quote.
        }

        throw ListingErrors.Invalid("filter", $"'{Word(comparison)}' takes a JSON list of texts: {Word(comparison)}:[\"a\", \"b\"].");
    }

    private static HashSet<string> Set(string text) => new(StringComparer.Ordinal) { text };

    private static string Word(SecretFilterOperator comparison) => comparison.ToString().ToLowerInvariant();

    private bool MatchesText(string text) => Operator switch
    {
        SecretFilterOperator.Contains => text.Contains(Text, StringComparison.Ordinal),
        SecretFilterOperator.StartsWith => text.StartsWith(Text, StringComparison.Ordinal),
        SecretFilterOperator.EndsWith => text.EndsWith(Text, StringComparison.Ordinal),
        SecretFilterOperator.Gt => string.CompareOrdinal(text, Text) > 0,
        SecretFilterOperator.Gte => string.CompareOrdinal(text, Text) >= 0,
        SecretFilterOperator.Lt => string.CompareOrdinal(text, Text) < 0,
        SecretFilterOperator.Lte => string.CompareOrdinal(text, Text) <= 0,
        _ => _texts.Contains(text),
    };

    // Listings show whole seconds, so they compare in whole seconds.
    private bool MatchesInstant(DateTimeOffset? instant)
    {
        if (instant is not { } exact) return Operator == SecretFilterOperator.NotEquals;
        DateTimeOffset at = new(exact.UtcTicks - (exact.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return Operator switch
        {
            SecretFilterOperator.NotEquals => at != _from,
            SecretFilterOperator.Gt => at > _from,
            SecretFilterOperator.Gte => at >= _from,
            SecretFilterOperator.Lt => at < _from,
            SecretFilterOperator.Lte => at <= _from,
            _ => at >= _from && at <= _to,
        };
    }
}
