using System.Globalization;
using System.Text;

namespace Secrets;

/// <summary>
/// A dotenv file, read by the rules of <c>docs/types.md</c>. Lines that are not <c>KEY=VALUE</c> are skipped with a warning; the last of two
/// equal keys wins.
/// </summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed class DotEnvFile
{
    private DotEnvFile(SecretValues values, IReadOnlyList<string> warnings)
    {
        Values = values;
        Warnings = warnings;
    }

    /// <summary>The pairs, in the order of their first lines. Do not change it.</summary>
    public SecretValues Values { get; }

    /// <summary>What was skipped or kept as it was, by line number; never a part of a line.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The file's text; a byte-order mark is passed over.</param>
    /// <param name="environment">
    /// Gives what <c>$NAME</c> stands for where no earlier line has it; null for only earlier lines. A name that nothing gives stays as it is
    /// written, with a warning: an empty string would be a damaged secret.
    /// </param>
    /// <returns>The file.</returns>
    public static DotEnvFile Parse(string text, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        List<string> order = [];
        List<string> warnings = [];
        // Not ReplaceLineEndings: a form feed or U+2028 within a value is a part of it.
        string[] lines = text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int number = i + 1;
            string line = lines[i];
            if (string.IsNullOrWhiteSpace(line) || line[0] == '#') continue;
            if (!TrySplit(line, out string key, out string rest))
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: not KEY=VALUE; skipped"));
                continue;
            }

            // A quoted value goes on until its quote is closed.
            while (rest is ['"' or '\'', ..] && ClosingQuote(rest, rest[0]) < 0 && i + 1 < lines.Length) rest += "\n" + lines[++i];
            DotEnvValue value = new(rest, name => values.TryGetValue(name, out string? earlier) ? earlier : environment?.Invoke(name));
            if (!value.TryRead(out string read))
            {
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: {key}: a quote is not closed, or text follows it; skipped"));
                i = number - 1;
                continue;
            }

            foreach (string unknown in value.UnknownNames)
                warnings.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: {key}: nothing before it gives ${unknown}; kept as text"));
            if (!values.ContainsKey(key)) order.Add(key);
            values[key] = read;
        }

        SecretValues pairs = [];
        foreach (string key in order) pairs.Add(key, values[key]);
        return new DotEnvFile(pairs, warnings);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; <c>~</c> is the home directory.</param>
    /// <param name="environment">As for <see cref="Parse"/>.</param>
    /// <returns>The file.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the file is missing or is a directory.</exception>
    public static DotEnvFile Read(string path, Func<string, string?>? environment = null) =>
        Parse(SecretInput.ReadFile(path, "The dotenv file").RevealString(), environment);

    /// <summary>Writes pairs so that this reader, python-dotenv, Docker Compose and a POSIX shell read back the same values.</summary>
    /// <param name="pairs">Names and values; a name is a variable name.</param>
    /// <returns>The file's text, one line per pair.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a value holds NUL or is not text.</exception>
    internal static string Format(IEnumerable<KeyValuePair<string, SecretValue>> pairs)
    {
        StringBuilder text = new();
        foreach ((string key, SecretValue value) in pairs)
            text.Append(key).Append('=').Append(Quote(value.RevealString())).Append('\n');
        return text.ToString();
    }

    // Single quotes keep everything as it is, in every dialect, but a quote, and in some a backslash.
    private static string Quote(string value)
    {
        if (value.AsSpan().IndexOfAny("'\\\r") < 0) return $"'{value}'";
        StringBuilder quoted = new("\"");
        foreach (char c in value)
        {
            if (c == '\r') quoted.Append("\\r");
            else if (c is '"' or '\\' or '$' or '`') quoted.Append('\\').Append(c);
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    internal static int ClosingQuote(string text, char quote)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && quote == '"') i++;
            else if (text[i] == quote) return i;
        }

        return -1;
    }

    // `A=1`, `A = 1`, `A: 1`, `export A=1`; an indented line is none.
    private static bool TrySplit(string line, out string key, out string rest)
    {
        (key, rest) = ("", "");
        int start = line.StartsWith("export ", StringComparison.Ordinal) ? line.Length - line[7..].TrimStart().Length : 0;
        int end = start;
        while (end < line.Length && (char.IsAsciiLetterOrDigit(line[end]) || line[end] == '_')) end++;
        if (end == start || char.IsAsciiDigit(line[start])) return false;
        int at = end;
        while (at < line.Length && line[at] is ' ' or '\t') at++;
        if (at >= line.Length) return false;
        bool colon = at == end && line[at] == ':' && at + 1 < line.Length && line[at + 1] is ' ' or '\t';
        if (line[at] != '=' && !colon) return false;
        key = line[start..end];
        rest = line[(at + 1)..].TrimStart(' ', '\t');
        return true;
    }
}
