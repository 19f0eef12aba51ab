using System.Globalization;
using System.Text.Json.Nodes;

namespace Secrets.Cli.Hosting;

/// <summary>The fields of a secret as the tool shows them; never a value. Documented, and stable.</summary>
internal static class PropertiesJson
{
    public static JsonObject Of(SecretProperties properties) => new()
    {
        ["name"] = properties.Name,
        ["id"] = properties.Id.ToString(),
        ["scope"] = properties.Scope.ToString(),
        ["visibility"] = Of(properties.Visibility),
        ["owner"] = properties.Address.Owner,
        ["type"] = properties.Type,
        ["description"] = properties.Description,
        ["tags"] = new JsonObject(properties.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))),
        ["keys"] = properties.KeyNames is { } keys ? new JsonArray([.. keys.Select(key => (JsonNode)key)]) : null,
        ["version"] = properties.Version.Value,
        ["state"] = Word(properties.State.ToString()),
        ["createdOn"] = Of(properties.CreatedOn),
        ["updatedOn"] = Of(properties.UpdatedOn),
        ["expiresOn"] = Of(properties.ExpiresOn),
        ["deletedOn"] = Of(properties.DeletedOn),
    };

    public static string Of(SecretVisibility visibility) => Word(visibility.ToString());

    public static JsonNode? Of(DateTimeOffset? instant) => instant is { } known && known != default
        ? known.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;

    // Enum members as the formats spell them: lower case, for stability under renaming of nothing but case.
    private static string Word(string member) => char.ToLowerInvariant(member[0]) + member[1..];
}
