using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Secrets;

/// <summary>
/// A secret's pairs as one value, the way the vendors' consoles write them: a JSON object of texts. Anything else reads as the single key
/// <c>value</c>, and a secret with only that key is written as it stands, so that other tools find the plain value.
/// </summary>
internal static class PairsText
{
    // In the place of a text, for a value that is not text: an object that no text of ours can be mistaken for, because texts are JSON strings.
    private const string Bytes = "$bytes";

    // Readable in a console: only what JSON itself needs is escaped. It is never put into HTML.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes pairs. The answer is UTF-8 text, except for a single binary value.</summary>
    /// <param name="values">The pairs.</param>
    /// <param name="textOnly">Whether a single binary value must become text too.</param>
    public static byte[] Write(IReadOnlyDictionary<string, SecretValue> values, bool textOnly)
    {
        if (values.Count == 1 && values.TryGetValue(SecretProperties.SingleKey, out SecretValue? single) && (single.IsText || !textOnly))
        {
            byte[] bare = single.RevealBytes();
            // A single value that is itself an object would come back as its pairs.
            if (!IsObject(bare))
                return bare;
        }

        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Readable))
        {
            json.WriteStartObject();
            foreach ((string key, SecretValue value) in values)
            {
                byte[] bytes = value.RevealBytes();
                if (value.IsText)
                {
                    json.WriteString(key, bytes);
                    continue;
                }

                json.WriteStartObject(key);
                json.WriteBase64String(Bytes, bytes);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads pairs. Numbers, booleans, arrays and objects read as their JSON text; a key that is null is not there.</summary>
    public static SecretValues Read(ReadOnlySpan<byte> value)
    {
        if (!TryParse(value, out JsonDocument? json))
            return new SecretValues { [SecretProperties.SingleKey] = SecretValue.FromBytes(value) };
        using (json)
        {
            SecretValues pairs = new();
            foreach (JsonProperty pair in json.RootElement.EnumerateObject())
            {
                if (pair.Value.ValueKind != JsonValueKind.Null)
                    pairs[pair.Name] = ReadOne(pair.Value);
            }

            return pairs;
        }
    }

    private static SecretValue ReadOne(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String)
            return SecretValue.FromString(element.GetString()!);
        if (element.ValueKind == JsonValueKind.Object
            && element.GetPropertyCount() == 1
            && element.TryGetProperty(Bytes, out JsonElement bytes)
            && bytes.ValueKind == JsonValueKind.String
            && bytes.TryGetBytesFromBase64(out byte[]? raw))
        {
            return SecretValue.FromBytes(raw);
        }

        return SecretValue.FromString(element.GetRawText());
    }

    private static bool IsObject(ReadOnlySpan<byte> value)
    {
        if (!TryParse(value, out JsonDocument? json))
            return false;
        json.Dispose();
        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> value, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JsonDocument? json)
    {
        json = null;
        ReadOnlySpan<byte> start = value.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[0] != (byte)'{' || !Utf8.IsValid(value))
            return false;
        try
        {
            JsonDocument parsed = JsonDocument.Parse(value.ToArray());
            if (HasLoneSurrogate(parsed.RootElement))
            {
                // "\ud800" is JSON but no text: it cannot be kept apart from others, so the whole is one value.
                parsed.Dispose();
                return false;
            }

            json = parsed;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool HasLoneSurrogate(JsonElement root)
    {
        try
        {
            foreach (JsonProperty pair in root.EnumerateObject())
            {
                _ = pair.Name;
                if (pair.Value.ValueKind == JsonValueKind.String)
                    _ = pair.Value.GetString();
            }

            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
