using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Secrets.Cli.Tests.Schemas;

/// <summary>
/// The keywords of JSON Schema that <c>docs/cli-json.schema.json</c> uses, and a refusal of every other, so that nothing in it is believed unchecked.
/// Stricter than the standard in one thing: a field that the schema does not name is a fault here, so that the tool answers nothing undocumented.
/// </summary>
internal sealed class SchemaCheck(JsonObject document)
{
    private static readonly string[] Known = ["$ref", "additionalProperties", "anyOf", "description", "enum", "items", "minimum", "pattern", "properties", "required", "type"];

    /// <summary>What is wrong, as <c>path: reason</c>; nothing if the answer is as the definition says.</summary>
    public IReadOnlyList<string> Faults(string definition, JsonNode? answer) => [.. Faults(Definition(definition), answer, "$")];

    private JsonObject Definition(string name) => document["$defs"]![name] as JsonObject ?? throw new ArgumentException($"The schema has no definition '{name}'.");

    private IEnumerable<string> Faults(JsonObject schema, JsonNode? value, string path)
    {
        if (schema.FirstOrDefault(keyword => !Known.Contains(keyword.Key)).Key is { } unknown)
            return [$"{path}: the schema says '{unknown}', which is not checked here"];
        if ((string?)schema["$ref"] is { } reference)
            return Faults(Definition(reference["#/$defs/".Length..]), value, path);
        if (schema["anyOf"] is JsonArray choices)
            return choices.Any(choice => !Faults(choice!.AsObject(), value, path).Any()) ? [] : [$"{path}: none of the forms that it may have"];
        if (schema["enum"] is JsonArray words)
            return words.Any(word => JsonNode.DeepEquals(word, value)) ? [] : [$"{path}: {value?.ToJsonString() ?? "null"} is none of {words.ToJsonString()}"];
        if (!Types(schema).Contains(TypeOf(value)))
            return [$"{path}: is {TypeOf(value)}, not {schema["type"]?.ToJsonString()}"];
        return value switch
        {
            JsonObject map => InObject(schema, map, path),
            JsonArray list => list.SelectMany((item, i) => Faults(schema["items"]!.AsObject(), item, $"{path}[{i}]")),
            _ => InScalar(schema, value, path),
        };
    }

    private IEnumerable<string> InObject(JsonObject schema, JsonObject map, string path)
    {
        JsonObject properties = schema["properties"] as JsonObject ?? [];
        foreach (JsonNode? required in schema["required"] as JsonArray ?? [])
        {
            if (!map.ContainsKey((string)required!))
                yield return $"{path}: '{required}' is missing";
        }

        foreach ((string name, JsonNode? value) in map)
        {
            if ((properties[name] ?? schema["additionalProperties"]) is not JsonObject inner)
                yield return $"{path}: '{name}' is not in the schema";
            else
                foreach (string fault in Faults(inner, value, $"{path}.{name}"))
                    yield return fault;
        }
    }

    private static IEnumerable<string> InScalar(JsonObject schema, JsonNode? value, string path)
    {
        if (value is not null && (string?)schema["pattern"] is { } pattern && !Regex.IsMatch((string)value!, pattern))
            yield return $"{path}: {value.ToJsonString()} is not like {pattern}";
        if (value is not null && schema["minimum"] is { } minimum && (long)value < (long)minimum)
            yield return $"{path}: {value} is less than {minimum}";
    }

    private static string[] Types(JsonObject schema) => schema["type"] switch
    {
        JsonArray types => [.. types.Select(type => (string)type!)],
        JsonNode type => [(string)type!],
        null => throw new ArgumentException("A schema without a type, a choice or a reference."),
    };

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => long.TryParse(value.ToJsonString(), out _) ? "integer" : "number",
        },
    };
}
