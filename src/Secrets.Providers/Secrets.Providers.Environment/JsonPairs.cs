using System.Text.Json;

namespace Secrets;

/// <summary>A text as a secret's pairs: those of a JSON object, else the one pair <c>value</c>.</summary>
internal static class JsonPairs
{
    internal static SecretValues Read(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith("{") && TryRead(text, out SecretValues pairs)) return pairs;
        return new SecretValues { [SecretProperties.SingleKey] = text };
    }

    private static bool TryRead(string text, out SecretValues pairs)
    {
        pairs = [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            foreach (JsonProperty property in json.RootElement.EnumerateObject())
                pairs[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
            return pairs.Count > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
