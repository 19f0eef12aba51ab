using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets;

/// <summary>A value as JSON text, on this wire only: everywhere else a <see cref="SecretValue"/> serialises as <c>***</c>.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record WireText(SecretValue Value)
{
    internal sealed class Converter : JsonConverter<WireText>
    {
        public override WireText? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(SecretValue.FromString(reader.GetString()!));

        public override void Write(Utf8JsonWriter writer, WireText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value.RevealBytes());
    }
}
