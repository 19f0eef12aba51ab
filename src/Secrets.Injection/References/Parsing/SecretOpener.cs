namespace Secrets;

/// <summary>
/// The next place in a text where something opens, or would if it were not escaped. The parser and <see cref="SecretTemplate.Escape"/> both
/// go by it, so that they cannot disagree on what an opener is.
/// </summary>
/// <remarks>
/// Three rules besides the four openers. Of a run of braces or angles the last two open (<c>{{{a.b}}}</c> is a brace, a reference, a brace).
/// A <c>$</c> right before such a run is text (<c>${{a.b}}</c> is a dollar and a reference). Backslashes right before either count as its
/// escape: each pair is one backslash, and an odd one makes all of it text.
/// </remarks>
/// <param name="EscapeStart">The first of the backslashes before it; <paramref name="Start"/> if there are none.</param>
/// <param name="Start">Its first char, a <c>$</c> that is text and surplus braces included.</param>
/// <param name="End">The char after its last.</param>
/// <param name="Syntax">What it opens.</param>
internal readonly record struct SecretOpener(int EscapeStart, int Start, int End, SecretSyntaxes Syntax)
{
    private const int DelimiterLength = 2;

    internal int Backslashes => Start - EscapeStart;

    internal bool IsEscaped => Backslashes % 2 == 1;

    /// <summary>Where the delimiter itself starts: what stands between <see cref="Start"/> and it is text.</summary>
    internal int Delimiter => End - DelimiterLength;

    /// <summary>Whether something opens anywhere in a text.</summary>
    internal static bool IsIn(ReadOnlySpan<char> text, SecretSyntaxes syntaxes) => SecretOpeners.IndexIn(text, syntaxes) >= 0;

    /// <summary>Finds the next one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to look from; nothing before it is looked at.</param>
    /// <param name="syntaxes">The syntaxes that are on.</param>
    /// <param name="opener">The opener.</param>
    /// <returns>False if nothing opens from there on.</returns>
    internal static bool TryFind(ReadOnlySpan<char> text, int from, SecretSyntaxes syntaxes, out SecretOpener opener)
    {
        int hit = SecretOpeners.IndexIn(text[from..], syntaxes);
        if (hit < 0)
        {
            opener = default;
            return false;
        }

        hit += from;
        int start = hit;
        SecretSyntaxes syntax;
        int end;
        if (text[hit] == '$')
        {
            end = EndOfRun(text, hit + 1);
            bool doubled = end - hit > DelimiterLength && syntaxes.HasFlag(Double(text[hit + 1]));
            syntax = doubled ? Double(text[hit + 1]) : Dollar(text[hit + 1]);
            if (!doubled) end = hit + DelimiterLength;
        }
        else
        {
            end = EndOfRun(text, hit);
            syntax = Double(text[hit]);
            if (hit > from && text[hit - 1] == '$') start--;
        }

        int escape = start;
        while (escape > from && text[escape - 1] == '\\')
            escape--;
        opener = new SecretOpener(escape, start, end, syntax);
        return true;
    }

    private static int EndOfRun(ReadOnlySpan<char> text, int start)
    {
        int length = text[start..].IndexOfAnyExcept(text[start]);
        return length < 0 ? text.Length : start + length;
    }

    private static SecretSyntaxes Double(char c) => c == '{' ? SecretSyntaxes.DoubleBraces : SecretSyntaxes.DoubleAngles;

    private static SecretSyntaxes Dollar(char c) => c == '{' ? SecretSyntaxes.DollarBraces : SecretSyntaxes.DollarAngles;
}
