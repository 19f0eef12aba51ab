using System.Globalization;
using System.Text;

namespace Secrets;

/// <summary>
/// Texts as one name of a variable, and back: two underscores between them; what is no letter, digit or single underscore between two of those as
/// <c>_xHHHH_</c>, its UTF-16 code. Each list of texts has one name, and no two have the same.
/// </summary>
internal static class DotenvVariable
{
    private const string Between = "__";
    private const int EscapeLength = 7;

    public static string Write(params IEnumerable<string> parts)
    {
        string text = string.Join(Between, parts.Select(Escaped));
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? Escape(text[0]) + text[1..] : text;
    }

    /// <summary>The texts of a name; null for one that <see cref="Write"/> would have written in another way.</summary>
    public static IReadOnlyList<string>? Read(string variable)
    {
        List<string> parts = [];
        StringBuilder part = new();
        for (int i = 0; i < variable.Length; i++)
        {
            if (TryReadEscape(variable, i, out char escaped))
            {
                part.Append(escaped);
                i += EscapeLength - 1;
            }
            else if (variable[i] == '_' && i + 1 < variable.Length && variable[i + 1] == '_')
            {
                parts.Add(part.ToString());
                part.Clear();
                i++;
            }
            else
            {
                part.Append(variable[i]);
            }
        }

        parts.Add(part.ToString());
        return Write(parts) == variable ? parts : null;
    }

    private static string Escaped(string part)
    {
        StringBuilder text = new(part.Length);
        for (int i = 0; i < part.Length; i++)
        {
            // An underscore that could be taken for a part of something else is written as its code.
            bool isPlain = char.IsAsciiLetterOrDigit(part[i]) || (part[i] == '_' && i > 0 && i + 1 < part.Length && char.IsAsciiLetterOrDigit(part[i + 1]) && part[i + 1] != 'x');
            if (isPlain) text.Append(part[i]);
            else text.Append(Escape(part[i]));
        }

        return text.ToString();
    }

    private static string Escape(char c) => string.Create(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");

    private static bool TryReadEscape(string text, int at, out char escaped)
    {
        escaped = '\0';
        if (at + EscapeLength > text.Length || text[at] != '_' || text[at + 1] != 'x' || text[at + EscapeLength - 1] != '_') return false;
        if (!ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)) return false;
        escaped = (char)code;
        return true;
    }
}
