using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets;

/// <summary>Writes <c>"***"</c>; reads a JSON string into redaction. A value that was serialised by accident is lost, not leaked.</summary>
internal sealed class SecretValueJsonConverter : JsonConverter<SecretValue>
{
    public override SecretValue? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text ? SecretValue.FromString(text) : null;

    public override void Write(Utf8JsonWriter writer, SecretValue value, JsonSerializerOptions options) =>
        writer.WriteStringValue(SecretValue.Redacted);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, SecretValue value, JsonSerializerOptions options) =>
        writer.WritePropertyName(SecretValue.Redacted);
}
