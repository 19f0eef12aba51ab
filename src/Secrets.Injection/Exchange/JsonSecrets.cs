using System.Text.Json;

namespace Secrets;

/// <summary>Many secrets as one JSON document: <c>{"format": "secrets-1", "secrets": [...]}</c>, or the plain form <c>{"name": {"key": "value"}}</c>.</summary>
internal static class JsonSecrets
{
    public const string What = "one of secrets: { name: { key: value } }, or what an export wrote";

    public static SecretValue Write(IEnumerable<Secret> secrets) => JsonPairs.Document(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("format", SecretExchange.DocumentFormat);
        writer.WriteStartArray("secrets");
        foreach (Secret secret in secrets)
            Write(writer, secret);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    public static IReadOnlyList<SecretImport> Read(JsonElement root)
    {
        if (!root.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String)
            return [.. root.EnumerateObject().Select(pair => new SecretImport(pair.Name, JsonPairs.Read(pair.Value), new CreateSecretOptions()))];
        // A later form may say things that this reader does not know, and would lose.
        if (!format.ValueEquals(SecretExchange.DocumentFormat) || root.GetPropertyCount() != 2) throw new FormatException();
        return [.. root.GetProperty("secrets").EnumerateArray().Select(ReadSecret)];
    }

    private static void Write(Utf8JsonWriter writer, Secret secret)
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
        JsonPairs.Write(writer, secret.Values);
        writer.WriteEndObject();
    }

    // A field that is not known is a misspelt one: what it says would be lost without a word.
    private static SecretImport ReadSecret(JsonElement entry)
    {
        string? name = null;
        SecretValues? values = null;
        CreateSecretOptions options = new();
        foreach (JsonProperty field in entry.EnumerateObject())
        {
            JsonElement value = field.Value;
            switch (field.Name)
            {
                case "name": name = value.GetString(); break;
                case "scope": options.Scope = ScopeOf(value); break;
                case "private": options.Visibility = IsTrue(value) ? SecretVisibility.Private : SecretVisibility.Public; break;
                case "type": options.Type = value.GetString(); break;
                case "description": options.Description = value.GetString(); break;
                case "expires": options.ExpiresOn = value.ValueKind == JsonValueKind.Null ? null : value.GetDateTimeOffset(); break;
                case "tags": options.Tags = value.EnumerateObject().ToDictionary(tag => tag.Name, TextOf, StringComparer.Ordinal); break;
                case "values": values = JsonPairs.Read(value); break;
                default: throw new FormatException();
            }
        }

        return name is not null && values is not null ? new SecretImport(name, values, options) : throw new FormatException();
    }

    private static SecretScope ScopeOf(JsonElement value)
    {
        try
        {
            return SecretScope.Parse(value.GetString() ?? throw new FormatException());
        }
        catch (SecretException)
        {
            throw new FormatException();
        }
    }

    // YAML's plain words come as texts.
    private static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when value.ValueEquals("true") => true,
        JsonValueKind.String when value.ValueEquals("false") => false,
        _ => throw new FormatException(),
    };

    private static string TextOf(JsonProperty tag) => tag.Value.GetString() ?? throw new FormatException();
}
