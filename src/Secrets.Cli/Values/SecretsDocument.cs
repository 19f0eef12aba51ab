using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Values;

/// <summary>Many secrets in one JSON document: what <c>backup</c> writes, and the plain form <c>{ "name": { "key": "value" } }</c>.</summary>
/// <param name="Name">The secret's name.</param>
/// <param name="Values">Its pairs.</param>
/// <param name="Options">What it is besides.</param>
internal sealed record SecretsDocument(string Name, SecretValues Values, CreateSecretOptions Options)
{
    public const string Format = "secrets-backup-1";

    /// <summary>One secret as an entry of a backup, with its values in the clear.</summary>
    public static JsonObject EntryOf(Secret secret)
    {
        JsonObject entry = new()
        {
            ["name"] = secret.Name,
            ["scope"] = secret.Properties.Scope.ToString(),
            ["visibility"] = PropertiesJson.Of(secret.Properties.Visibility),
            ["type"] = secret.Properties.Type,
            ["description"] = secret.Properties.Description,
            ["tags"] = new JsonObject(secret.Properties.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
            ["expiresOn"] = secret.Properties.ExpiresOn?.ToString("O"),
        };
        entry["values"] = new JsonObject(secret.Values.Where(pair => pair.Value.IsText).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.RevealString())));
        if (secret.Values.Any(pair => !pair.Value.IsText))
            entry["base64"] = new JsonObject(secret.Values.Where(pair => !pair.Value.IsText).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Convert.ToBase64String(pair.Value.RevealBytes()))));
        return entry;
    }

    /// <summary>Reads a document of either form. Nothing is written before all of it has been understood.</summary>
    public static IReadOnlyList<SecretsDocument> Parse(string text, string source)
    {
        try
        {
            JsonObject root = JsonNode.Parse(text, null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw new JsonException();
            return (string?)root["format"] == Format
                ? [.. root["secrets"]!.AsArray().Select(entry => FromEntry(entry!.AsObject()))]
                : [.. root.Select(pair => new SecretsDocument(pair.Key, Pairs(pair.Value!.AsObject()), new CreateSecretOptions()))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            // What the parser says can quote the document, and that is full of secrets.
            throw new UsageException($"{source} is neither a backup of this tool nor a JSON object of the form {{ \"name\": {{ \"key\": \"value\" }} }}. Nothing was imported.");
        }
    }

    private static SecretsDocument FromEntry(JsonObject entry)
    {
        SecretValues values = Pairs(entry["values"]!.AsObject());
        foreach ((string key, JsonNode? text) in entry["base64"]?.AsObject() ?? [])
            values[key] = SecretValue.FromBytes(Convert.FromBase64String((string)text!));
        CreateSecretOptions options = new()
        {
            Scope = SecretScope.Parse((string)entry["scope"]!),
            Visibility = (string?)entry["visibility"] == "private" ? SecretVisibility.Private : SecretVisibility.Public,
            Type = (string?)entry["type"],
            Description = (string?)entry["description"],
            ExpiresOn = (string?)entry["expiresOn"] is { } instant ? DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture) : null,
        };
        foreach ((string name, JsonNode? text) in entry["tags"]?.AsObject() ?? [])
            options.Tags[name] = (string)text!;
        return new SecretsDocument((string)entry["name"]!, values, options);
    }

    private static SecretValues Pairs(JsonObject map)
    {
        SecretValues values = [];
        foreach ((string key, JsonNode? node) in map)
            values[key] = node is JsonValue value ? value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString() : throw new JsonException();
        return values;
    }
}
