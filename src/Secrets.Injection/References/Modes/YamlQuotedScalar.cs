using System.Globalization;
using System.Text;

namespace Secrets;

/// <summary>A quoted YAML scalar: what it says, and where it ends.</summary>
/// <param name="Content">What it says, unescaped; of a folded one, only good to see whether it holds a reference.</param>
/// <param name="Offsets">Where each char stands in the document; null where the content stands in it as it is.</param>
/// <param name="End">The char after the closing quote.</param>
/// <param name="IsFolded">Whether it goes over several lines.</param>
internal readonly record struct YamlQuotedScalar(string Content, int[]? Offsets, int End, bool IsFolded)
{
    internal static YamlQuotedScalar Read(SecretDocument document, int quote)
    {
        string text = document.Text;
        bool isDouble = text[quote] == '"';
        int at = quote + 1;
        bool escapes = false;
        while (at < text.Length && (text[at] != text[quote] || (!isDouble && at + 1 < text.Length && text[at + 1] == '\'')))
        {
            bool escape = isDouble ? text[at] == '\\' : text[at] == '\'';
            escapes |= escape;
            at += escape ? 2 : 1;
        }

        if (at >= text.Length) throw document.Fault(quote, "yaml", "the quote of this scalar is never closed.");
        ReadOnlySpan<char> raw = text.AsSpan(quote + 1, at - quote - 1);
        bool folded = raw.Contains('\n');
        if (!escapes) return new(raw.ToString(), null, at + 1, folded);
        (string content, int[] offsets) = Unescape(text, quote + 1, at, isDouble);
        return new(content, offsets, at + 1, folded);
    }

    private static (string Content, int[] Offsets) Unescape(string text, int start, int end, bool isDouble)
    {
        StringBuilder content = new();
        List<int> offsets = [];
        for (int at = start; at < end;)
        {
            int length = 1;
            if (!isDouble)
            {
                length = text[at] == '\'' ? 2 : 1;
                content.Append(text[at]);
            }
            else if (text[at] == '\\')
            {
                length = Escaped(text, at, end, content);
            }
            else
            {
                content.Append(text[at]);
            }

            while (offsets.Count < content.Length)
                offsets.Add(at);
            at += length;
        }

        offsets.Add(end);
        return (content.ToString(), [.. offsets]);
    }

    /// <returns>The length of the escape in the document.</returns>
    private static int Escaped(string text, int backslash, int end, StringBuilder content)
    {
        char c = text[backslash + 1];
        int digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            content.Append(c switch
            {
                '0' => '\0', 'a' => '\a', 'b' => '\b', 't' or '\t' => '\t', 'n' => '\n', 'v' => '\v', 'f' => '\f', 'r' => '\r', 'e' => '\x1b',
                'N' => '\x85', '_' => '\xa0', 'L' => '\u2028', 'P' => '\u2029', _ => c,
            });
            return 2;
        }

        bool hex = backslash + 2 + digits <= end & uint.TryParse(
            text.AsSpan(backslash + 2, Math.Min(digits, end - backslash - 2)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code);
        if (hex && digits < 8)
            content.Append((char)code);
        else if (hex && Rune.IsValid(code))
            content.Append(new Rune(code).ToString());
        else
            content.Append(c);
        return hex ? 2 + digits : 2;
    }
}
