using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Secrets.Cli.Scanning;

/// <summary>Finds plaintext secrets in JSON settings and .env files, with their exact places. Other files are passed over.</summary>
internal static partial class PlaintextScan
{
    public static bool Reads(string path) => IsJson(path) || IsDotEnv(path);

    public static IEnumerable<PlaintextFinding> Of(string path, string text) => IsJson(path) ? InJson(path, text) : InDotEnv(path, text);

    private static bool IsJson(string path) => Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(path) is not ("package-lock.json" or "packages.lock.json");

    private static bool IsDotEnv(string path) => Path.GetFileName(path) is { } name && (name.EndsWith(".env", StringComparison.Ordinal) || name.StartsWith(".env.", StringComparison.Ordinal));

    private static List<PlaintextFinding> InJson(string path, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        List<PlaintextFinding> found = [];
        Stack<string> sections = [];
        string property = "";
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    sections.Push(property);
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                    sections.Pop();
                else if (reader.TokenType is JsonTokenType.PropertyName)
                    property = reader.GetString()!;
                else if (reader.TokenType is JsonTokenType.String && Finding(path, bytes, ref reader, sections, property) is { } finding)
                    found.Add(finding);
            }
        }
        catch (JsonException)
        {
            // Not settings: a file of another dialect, or broken. What was found before stands.
        }

        return found;
    }

    private static PlaintextFinding? Finding(string path, byte[] bytes, ref Utf8JsonReader reader, Stack<string> sections, string property)
    {
        string value = reader.GetString()!;
        string setting = string.Join(':', sections.Reverse().Where(section => section.Length > 0).Append(property));
        if (SecretLook.Of(setting, value) is not { } why)
            return null;
        int before = (int)reader.TokenStartIndex;
        int start = Encoding.UTF8.GetCharCount(bytes, 0, before);
        int length = Encoding.UTF8.GetCharCount(bytes, before, reader.ValueSpan.Length + 2);
        int line = bytes.AsSpan(0, before).Count((byte)'\n') + 1;
        return new PlaintextFinding(path, line, setting, why, start, length, SecretValue.FromString(value), "\"{0}\"");
    }

    private static IEnumerable<PlaintextFinding> InDotEnv(string path, string text)
    {
        foreach (Match match in DotEnvLine().Matches(text))
        {
            string whole = match.Value;
            int line = text.AsSpan(0, match.Index).Count('\n') + 1;
            int equals = whole.IndexOf('=', StringComparison.Ordinal);
            string name = whole[..equals].Trim().Split(' ')[^1];
            if (!DotEnvFile.Parse(whole).Values.TryGetValue(name, out SecretValue? value) || SecretLook.Of(name, value.RevealString()) is not { } why)
                continue;
            yield return new PlaintextFinding(path, line, name, why, match.Index + equals + 1, whole.Length - equals - 1, value, "{0}");
        }
    }

    [GeneratedRegex(@"^(?:export )?[A-Za-z_][A-Za-z0-9_]*=[^\r\n]+", RegexOptions.Multiline)]
    private static partial Regex DotEnvLine();
}
