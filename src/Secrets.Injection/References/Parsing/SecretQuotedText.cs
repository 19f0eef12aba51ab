using System.Globalization;
using System.Text;

namespace Secrets;

/// <summary>A text in double quotes, with the escapes of a JSON string. It ends on its line.</summary>
/// <param name="Text">The text; null if it is malformed.</param>
/// <param name="End">The char after the closing quote, or where the fault is.</param>
/// <param name="Reason">The fault's stable word.</param>
/// <param name="Message">The fault, for people.</param>
internal readonly record struct SecretQuotedText(string? Text, int End, string? Reason = null, string? Message = null)
{
    private const int UnicodeDigits = 4;

    internal static SecretQuotedText Read(string text, int quote)
    {
        int at = quote + 1;
        int plain = at;
        StringBuilder? unescaped = null;
        while (at < text.Length)
        {
            char c = text[at];
            if (c == '"')
            {
                string result = unescaped is null ? text[plain..at] : unescaped.Append(text, plain, at - plain).ToString();
                return SecretReferenceRules.HasLoneSurrogate(result)
                    ? new(null, quote, "bad-text", "the quoted text holds a lone surrogate, which no secret can.")
                    : new(result, at + 1);
            }

            if (char.IsControl(c)) return new(null, at, "bad-text", "a quoted text ends on its line and holds no control characters; write \\n, \\t or \\uXXXX.");
            if (c != '\\')
            {
                at++;
                continue;
            }

            (unescaped ??= new StringBuilder()).Append(text, plain, at - plain);
            if (!TryUnescape(text, at, out char meant, out int length))
                return new(null, at, "bad-escape", "in quotes, a backslash is followed by one of \" \\ / b f n r t, or by u and four hex digits.");
            unescaped.Append(meant);
            at += length;
            plain = at;
        }

        return new(null, quote, "unclosed-quote", "the quote is never closed.");
    }

    private static bool TryUnescape(string text, int backslash, out char meant, out int length)
    {
        length = 2;
        meant = backslash + 1 < text.Length ? text[backslash + 1] : '\0';
        switch (meant)
        {
            case '"' or '\\' or '/': return true;
            case 'b': meant = '\b'; return true;
            case 'f': meant = '\f'; return true;
            case 'n': meant = '\n'; return true;
            case 'r': meant = '\r'; return true;
            case 't': meant = '\t'; return true;
            case 'u' when backslash + 2 + UnicodeDigits <= text.Length:
                length += UnicodeDigits;
                bool hex = ushort.TryParse(text.AsSpan(backslash + 2, UnicodeDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code);
                meant = (char)code;
                return hex;
            default: return false;
        }
    }
}
