using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Secrets;

/// <summary>The pairs of one secret as a JSON object; bytes that are no text as <c>{"base64": "..."}</c>.</summary>
internal static class JsonPairs
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, SecretValue> values)
    {
        writer.WriteStartObject();
        foreach ((string key, SecretValue value) in values)
        {
            writer.WritePropertyName(key);
            byte[] bytes = value.RevealBytes();
            if (value.IsText)
            {
                writer.WriteStringValue(bytes);
                continue;
            }

            writer.WriteStartObject();
            writer.WriteBase64String("base64", bytes);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static SecretValues Read(JsonElement map)
    {
        SecretValues values = [];
        foreach (JsonProperty pair in map.EnumerateObject())
        {
            values[pair.Name] = pair.Value.ValueKind switch
            {
                JsonValueKind.String => SecretValue.FromString(pair.Value.GetString()!),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => SecretValue.FromString(pair.Value.GetRawText()),
                JsonValueKind.Object when pair.Value.GetPropertyCount() == 1 => SecretValue.FromBytes(pair.Value.GetProperty("base64").GetBytesFromBase64()),
                _ => throw new FormatException(),
            };
        }

        return values;
    }

    /// <summary>A document that is being written. Its bytes are wiped once they are a value.</summary>
    public static SecretValue Document(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            write(writer);
        SecretValue document = SecretValue.FromBytes([.. buffer.WrittenSpan, (byte)'\n']);
        buffer.Clear();
        return document;
    }

    public static T Parsed<T>(SecretValue document, string what, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(document.RevealBytes(), Strict);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException or SecretException)
        {
            // Neither as the message nor as the inner exception: what a parser says can quote the document, and that is full of secrets.
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The document is not {what}. Nothing was imported.") { Reason = "document" };
        }
    }
}
