using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Secrets;

/// <summary>
/// Many secrets as one YAML document, field by field as <see cref="JsonSecrets"/>. Read from the parser's events into that one's form, so that both
/// mean the same; a document can neither grow nor construct anything.
/// </summary>
internal static class YamlSecrets
{
    // The document, its list, an entry, its values, bytes: nothing is deeper.
    private const int MaxDepth = 6;

    public static SecretValue Write(IEnumerable<Secret> secrets)
    {
        StringBuilder text = new();
        foreach (Secret secret in secrets)
            Append(text, secret);
        string head = $"format: \"{SecretExchange.DocumentFormat}\"\nsecrets:";
        return SecretValue.FromString(text.Length == 0 ? $"{head} []\n" : $"{head}\n{text}");
    }

    public static IReadOnlyList<SecretImport> Read(SecretValue document) => YamlPairs.Guarded(document, JsonSecrets.What, parser =>
    {
        ArrayBufferWriter<byte> buffer = new();
        try
        {
            Copy(parser, buffer);
            using JsonDocument json = JsonDocument.Parse(buffer.WrittenMemory);
            return JsonSecrets.Read(json.RootElement);
        }
        finally
        {
            buffer.Clear();
        }
    });

    private static void Append(StringBuilder text, Secret secret)
    {
        SecretProperties properties = secret.Properties;
        Field("- name", secret.Name);
        Field("  scope", properties.Scope.ToString());
        text.Append("  private: ").Append(properties.Visibility == SecretVisibility.Private ? "true" : "false").Append('\n');
        if (properties.Type is { } type) Field("  type", type);
        if (properties.Description is { } description) Field("  description", description);
        if (properties.ExpiresOn is { } expires) Field("  expires", expires.ToString("O", CultureInfo.InvariantCulture));
        if (properties.Tags.Count > 0) text.Append("  tags:\n");
        foreach ((string tag, string value) in properties.Tags)
            YamlPairs.AppendQuoted(YamlPairs.AppendKey(text.Append("    "), tag), value).Append('\n');
        text.Append(secret.Values.Count == 0 ? "  values: {}\n" : "  values:\n");
        YamlPairs.AppendPairs(text, secret.Values, "    ");

        void Field(string name, string value) => YamlPairs.AppendQuoted(text.Append(name).Append(": "), value).Append('\n');
    }

    private static void Copy(Parser parser, ArrayBufferWriter<byte> buffer)
    {
        using Utf8JsonWriter writer = new(buffer);
        YamlPairs.Next<StreamStart>(parser);
        YamlPairs.Next<DocumentStart>(parser);
        Copy(parser, YamlPairs.Next<MappingStart>(parser), writer, 1);
        YamlPairs.Next<DocumentEnd>(parser);
        YamlPairs.Next<StreamEnd>(parser);
    }

    private static void Copy(Parser parser, ParsingEvent node, Utf8JsonWriter writer, int depth)
    {
        YamlPairs.RefuseAnchor(node);
        if (depth > MaxDepth) throw new FormatException();
        switch (node)
        {
            case MappingStart or SequenceStart when YamlPairs.IsTagged((NodeEvent)node):
                throw new FormatException();
            case MappingStart:
                CopyMap(parser, writer, depth);
                break;
            case SequenceStart:
                writer.WriteStartArray();
                while (YamlPairs.Next<ParsingEvent>(parser) is not SequenceEnd)
                    Copy(parser, parser.Current!, writer, depth + 1);
                writer.WriteEndArray();
                break;
            default:
                Copy(node as Scalar ?? throw new FormatException(), writer);
                break;
        }
    }

    private static void CopyMap(Parser parser, Utf8JsonWriter writer, int depth)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        writer.WriteStartObject();
        while (YamlPairs.Next<ParsingEvent>(parser) is not MappingEnd)
        {
            Scalar key = YamlPairs.ScalarOf(parser.Current!);
            if (!seen.Add(key.Value)) throw YamlPairs.Twice(key);
            writer.WritePropertyName(key.Value);
            Copy(parser, YamlPairs.Next<ParsingEvent>(parser), writer, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void Copy(Scalar scalar, Utf8JsonWriter writer)
    {
        SecretValue value = YamlPairs.ValueOf(scalar);
        if (value.IsText && !YamlPairs.IsBinary(scalar))
        {
            writer.WriteStringValue(scalar.Value);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBase64String("base64", value.RevealBytes());
        writer.WriteEndObject();
    }
}
