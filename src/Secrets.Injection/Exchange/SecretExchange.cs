using System.Buffers;
using System.Text.Json;

namespace Secrets;

/// <summary>
/// Secrets as documents in plaintext, to take along and to bring back. What is written reads back exactly, bytes included. A document is a
/// <see cref="SecretValue"/>, because it is one: it prints as stars until somebody reveals it.
/// </summary>
public static class SecretExchange
{
    /// <summary>What <see cref="ExportAll"/> writes as the document's format.</summary>
    public const string DocumentFormat = "secrets-1";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The pairs of one secret.</summary>
    /// <param name="values">The pairs.</param>
    /// <param name="format">How.</param>
    /// <returns>The document, as UTF-8.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unsupported"/> (<c>format</c>): dotenv cannot hold a key or value; the message names the key.</exception>
    public static SecretValue Export(IReadOnlyDictionary<string, SecretValue> values, SecretExchangeFormat format = SecretExchangeFormat.Json)
    {
        ArgumentNullException.ThrowIfNull(values);
        return format switch
        {
            SecretExchangeFormat.Yaml => YamlPairs.Write(values),
            SecretExchangeFormat.Dotenv => Dotenv(values),
            _ => Json(writer => WriteValues(writer, values)),
        };
    }

    /// <summary>Reads the pairs of one secret back.</summary>
    /// <param name="document">
    /// JSON: an object of texts, numbers, booleans (as they are written) and <c>{"base64": "..."}</c>. YAML: a mapping of scalars, as they are written, and
    /// <c>!!binary</c>. Or dotenv.
    /// </param>
    /// <param name="format">Which of the three.</param>
    /// <returns>The pairs, in the order of the document.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: it is not that (<c>document</c>; a null, a list and a mapping within are no values); in YAML, a key is
    /// there twice (<c>duplicate-key</c>) or there is an anchor or an alias (<c>anchor</c>). The message quotes nothing of the document.
    /// </exception>
    public static SecretValues Import(SecretValue document, SecretExchangeFormat format = SecretExchangeFormat.Json)
    {
        ArgumentNullException.ThrowIfNull(document);
        return format switch
        {
            SecretExchangeFormat.Yaml => YamlPairs.Read(document),
            SecretExchangeFormat.Dotenv => DotEnvFile.Parse(document.RevealString()).Values,
            _ => Parsed(document, "a JSON object of keys and values", root => ReadValues(root)),
        };
    }

    /// <summary>Reads the pairs of one secret from a document that is JSON or YAML, as <c>--values</c> takes it: JSON if it is that, else YAML.</summary>
    /// <param name="document">The document; see <see cref="Import"/>.</param>
    /// <param name="pairs">Pairs given besides, such as arguments. The document's win over them. Default none.</param>
    /// <returns>The pairs of both: first those given besides, then the document's.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: it is neither JSON nor YAML (<c>document</c>), or YAML that <see cref="Import"/> refuses
    /// (<c>duplicate-key</c>, <c>anchor</c>). The message quotes nothing of the document.
    /// </exception>
    public static SecretValues ImportValues(SecretValue document, IReadOnlyDictionary<string, SecretValue>? pairs = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        SecretValues values = [];
        foreach ((string key, SecretValue value) in pairs ?? new SecretValues())
            values[key] = value;
        foreach ((string key, SecretValue value) in ReadJsonOrYaml(document))
            values[key] = value;
        return values;
    }

    /// <summary>Many secrets with all that they are, as one JSON document.</summary>
    /// <param name="secrets">The secrets.</param>
    /// <returns>The document, as UTF-8.</returns>
    public static SecretValue ExportAll(IEnumerable<Secret> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        return Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("format", DocumentFormat);
            writer.WriteStartArray("secrets");
            foreach (Secret secret in secrets)
                WriteSecret(writer, secret);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>Reads many secrets back. Nothing is stored; see <see cref="SecretImport"/>.</summary>
    /// <param name="document">What <see cref="ExportAll"/> wrote, or the plain form <c>{"name": {"key": "value"}}</c>.</param>
    /// <returns>The secrets, in the order of the document.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>document</c>): it is neither. The message quotes nothing of it.</exception>
    public static IReadOnlyList<SecretImport> ImportAll(SecretValue document) => Parsed(
        document,
        "a JSON document of secrets",
        root => root.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String && format.ValueEquals(DocumentFormat)
            ? (IReadOnlyList<SecretImport>)[.. root.GetProperty("secrets").EnumerateArray().Select(ReadSecret)]
            : [.. root.EnumerateObject().Select(pair => new SecretImport(pair.Name, ReadValues(pair.Value), new CreateSecretOptions()))]);

    private static void WriteSecret(Utf8JsonWriter writer, Secret secret)
    {
        SecretProperties properties = secret.Properties;
        writer.WriteStartObject();
        writer.WriteString("name", secret.Name);
        writer.WriteString("scope", properties.Scope.ToString());
        writer.WriteBoolean("private", properties.Visibility == SecretVisibility.Private);
        if (properties.Type is { } type) writer.WriteString("type", type);
        if (properties.Description is { } description) writer.WriteString("description", description);
        if (properties.ExpiresOn is { } expires) writer.WriteString("expires", expires);
        if (properties.Tags.Count > 0)
        {
            writer.WriteStartObject("tags");
            foreach ((string tag, string value) in properties.Tags)
                writer.WriteString(tag, value);
            writer.WriteEndObject();
        }

        writer.WritePropertyName("values");
        WriteValues(writer, secret.Values);
        writer.WriteEndObject();
    }

    private static SecretImport ReadSecret(JsonElement entry)
    {
        CreateSecretOptions options = new()
        {
            Scope = SecretScope.Parse(entry.GetProperty("scope").GetString()!),
            Visibility = entry.GetProperty("private").GetBoolean() ? SecretVisibility.Private : SecretVisibility.Public,
            Type = entry.TryGetProperty("type", out JsonElement type) ? type.GetString() : null,
            Description = entry.TryGetProperty("description", out JsonElement description) ? description.GetString() : null,
            ExpiresOn = entry.TryGetProperty("expires", out JsonElement expires) ? expires.GetDateTimeOffset() : null,
        };
        if (entry.TryGetProperty("tags", out JsonElement tags))
        {
            foreach (JsonProperty tag in tags.EnumerateObject())
                options.Tags[tag.Name] = tag.Value.GetString()!;
        }

        return new SecretImport(entry.GetProperty("name").GetString()!, ReadValues(entry.GetProperty("values")), options);
    }

    private static void WriteValues(Utf8JsonWriter writer, IReadOnlyDictionary<string, SecretValue> values)
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

    private static SecretValues ReadValues(JsonElement map)
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

    private static SecretValues ReadJsonOrYaml(SecretValue document)
    {
        try
        {
            return Import(document);
        }
        catch (SecretException)
        {
            try
            {
                return YamlPairs.Read(document);
            }
            catch (SecretException e) when (e.Reason == "document")
            {
                throw new SecretException(SecretErrorCode.InvalidArgument, "The document is neither a JSON object nor a YAML mapping of keys to plain values. Nothing was imported.") { Reason = "document" };
            }
        }
    }

    private static T Parsed<T>(SecretValue document, string what, Func<JsonElement, T> read)
    {
        ArgumentNullException.ThrowIfNull(document);
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

    private static SecretValue Json(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = true }))
            write(writer);
        SecretValue document = SecretValue.FromBytes([.. buffer.WrittenSpan, (byte)'\n']);
        buffer.Clear();
        return document;
    }

    private static SecretValue Dotenv(IReadOnlyDictionary<string, SecretValue> values)
    {
        foreach ((string key, SecretValue value) in values)
        {
            bool isName = key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            string? problem = !isName ? "is no name of a variable" : !value.IsText ? "holds bytes that are no text" : value.RevealBytes().Contains((byte)0) ? "holds NUL" : null;
            if (problem is not null)
                throw new SecretException(SecretErrorCode.Unsupported, $"The key '{key}' {problem}, which a dotenv file cannot hold. Export as JSON or YAML.") { Reason = "format" };
        }

        return SecretValue.FromString(DotEnvFile.Format(values));
    }
}
