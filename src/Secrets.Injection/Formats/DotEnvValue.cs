using System.Text;

namespace Secrets;

/// <summary>The right side of one dotenv line.</summary>
/// <param name="text">Everything after the separator, white space before it left out.</param>
/// <param name="lookup">Gives what <c>$NAME</c> stands for, or null.</param>
internal sealed class DotEnvValue(string text, Func<string, string?> lookup)
{
    internal List<string> UnknownNames { get; } = [];

    internal bool TryRead(out string value)
    {
        value = "";
        if (text.StartsWith('\'') || text.StartsWith('"'))
        {
            char quote = text[0];
            int end = DotEnvFile.ClosingQuote(text, quote);
            if (end < 0) return false;
            string after = text[(end + 1)..].TrimStart();
            if (after.Length > 0 && after[0] != '#') return false;
            string inside = text[1..end];
            value = quote == '\'' ? inside : Expand(inside, quoted: true);
            return true;
        }

        int comment = text.IndexOf('#', StringComparison.Ordinal);
        value = Expand((comment < 0 ? text : text[..comment]).TrimEnd(), quoted: false);
        return true;
    }

    private string Expand(string source, bool quoted)
    {
        StringBuilder result = new(source.Length);
        for (int i = 0; i < source.Length; i++)
        {
            char c = source[i];
            if (c == '\\' && i + 1 < source.Length && (quoted || source[i + 1] == '$'))
            {
                i++;
                result.Append(source[i] switch { 'n' when quoted => '\n', 'r' when quoted => '\r', 't' when quoted => '\t', char other => other });
            }
            else if (c == '$' && TryName(source, i + 1, out string name, out int end))
            {
                string? found = lookup(name);
                if (found is null) UnknownNames.Add(name);
                result.Append(found ?? source[i..end]);
                i = end - 1;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static bool TryName(string source, int start, out string name, out int end)
    {
        bool braces = start < source.Length && source[start] == '{';
        int first = braces ? start + 1 : start;
        end = first;
        while (end < source.Length && (char.IsAsciiLetterOrDigit(source[end]) || source[end] == '_')) end++;
        name = source[first..end];
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) return false;
        if (!braces) return true;
        return end < source.Length && source[end++] == '}';
    }
}
