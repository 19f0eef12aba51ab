using System.Buffers;

namespace Secrets;

/// <summary>What a backend's names may be made of, and how ours use it.</summary>
/// <param name="Literals">The ASCII characters that stand for themselves.</param>
/// <param name="Separator">Between parts; made of literals.</param>
/// <param name="Escape">Before two hexadecimal digits: one byte of UTF-8. Made of literals; where it begins with the separator, a letter follows.</param>
/// <param name="MaxLength">The longest native name, in characters.</param>
/// <param name="LowerCaseHex">For backends that do not tell cases apart.</param>
internal sealed record NativeNameRule(string Literals, string Separator, string Escape, int MaxLength, bool LowerCaseHex = false)
{
    private readonly SearchValues<char> _literals = SearchValues.Create(Literals);

    public bool IsLiteral(char c) => _literals.Contains(c);

    /// <summary>Whether an escape sequence stands at a position.</summary>
    public bool IsEscapeAt(string text, int index) =>
        index + Escape.Length + 2 <= text.Length
        && string.CompareOrdinal(text, index, Escape, 0, Escape.Length) == 0
        && IsHex(text[index + Escape.Length])
        && IsHex(text[index + Escape.Length + 1]);

    /// <summary>Whether a separator before the text would make an escape sequence of its beginning.</summary>
    public bool CompletesEscape(string text) =>
        Escape.StartsWith(Separator, StringComparison.Ordinal) && IsEscapeAt(Separator + text, 0);

    private bool IsHex(char c) => char.IsAsciiDigit(c) || (LowerCaseHex ? c is >= 'a' and <= 'f' : c is >= 'A' and <= 'F');
}
