using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Cli.Output;

/// <summary>
/// Writes a JSON tree as block YAML. Every text is a double-quoted scalar, which JSON and YAML spell the same way, so that no value can turn
/// into a number, a date or a structure.
/// </summary>
internal static class YamlText
{
    public static string Of(JsonNode? node)
    {
        StringBuilder text = new();
        Write(text, node, 0);
        return text.ToString().TrimStart('\n').TrimEnd() + "\n";
    }

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                foreach ((string name, JsonNode? value) in map)
                {
                    NewLine(text, depth).Append(Key(name)).Append(':');
                    WriteInner(text, value, depth + 1);
                }

                break;
            case JsonArray { Count: > 0 } list:
                foreach (JsonNode? item in list)
                {
                    StringBuilder inner = new();
                    Write(inner, item, depth + 1);
                    NewLine(text, depth).Append("- ").Append(inner.ToString().TrimStart('\n', ' '));
                }

                break;
            default:
                text.Append(Scalar(node));
                break;
        }
    }

    private static void WriteInner(StringBuilder text, JsonNode? node, int depth)
    {
        if (node is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
            Write(text, node, depth);
        else
            text.Append(' ').Append(Scalar(node));
    }

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ => node.ToJsonString(JsonText.Relaxed),
    };

    private static string Key(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !IsWord(name)
            ? name
            : JsonSerializer.Serialize(name, JsonText.Strings.String);

    // Words that YAML 1.1 readers take for something else than text.
    private static bool IsWord(string name) => name.ToUpperInvariant() is "Y" or "N" or "YES" or "NO" or "ON" or "OFF" or "TRUE" or "FALSE" or "NULL";

    private static StringBuilder NewLine(StringBuilder text, int depth) => text.Append('\n').Append(' ', depth * 2);
}
