using System.Globalization;

namespace Secrets;

/// <summary>Which texts are names or keys, as data: lengths, characters, and words that are taken.</summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed record SecretTextRule
{
    /// <summary>ASCII letters and digits.</summary>
    public const string LettersAndDigits = Letters + Digits;

    /// <summary>ASCII letters.</summary>
    public const string Letters = LowerCase + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>ASCII lower-case letters.</summary>
    public const string LowerCase = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>ASCII digits.</summary>
    public const string Digits = "0123456789";

    /// <value>The longest, in chars; 1 or more. Default 253.</value>
    public int MaxLength { get; init; } = 253;

    /// <value>The characters it is made of. Default ASCII letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</value>
    public string Characters { get; init; } = LettersAndDigits + "_-.";

    /// <value>The characters it begins with. Default ASCII letters, digits and <c>_</c>.</value>
    public string First { get; init; } = LettersAndDigits + "_";

    /// <value>The characters it ends with; null for any of <see cref="Characters"/>. Default null.</value>
    public string? Last { get; init; }

    /// <value>Whether letters of any script count as letters, as in a Python identifier. Default false.</value>
    public bool AllowsAnyLetter { get; init; }

    /// <value>Words that are refused. Default none.</value>
    public IReadOnlyList<string> Reserved { get; init; } = [];

    /// <value>The rule for people: what it takes, as the end of a sentence.</value>
    public required string Words { get; init; }

    /// <summary>Says what is wrong with a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A sentence; null if the text is fine.</returns>
    public string? WhatIsWrongWith(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0 || text.Length > MaxLength || !Has(First, text[0]) || (Last is not null && !Has(Last, text[^1])) || !text.All(c => Has(Characters, c)))
            return string.Create(CultureInfo.InvariantCulture, $"It takes 1 to {MaxLength} of {Words}.");
        return Reserved.Contains(text, StringComparer.Ordinal) ? $"'{text}' is reserved." : null;
    }

    private bool Has(string characters, char c) => characters.Contains(c, StringComparison.Ordinal) || (AllowsAnyLetter && char.IsLetter(c));
}
