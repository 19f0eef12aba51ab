using System.Text.Json;
using System.Text.Json.Serialization;

namespace Secrets;

/// <summary>A value as base64, on this wire only.</summary>
[JsonConverter(typeof(Converter))]
internal sealed record WireBinary(SecretValue Value)
{
    internal sealed class Converter : JsonConverter<WireBinary>
    {
        public override WireBinary? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(SecretValue.FromBytes(reader.GetBytesFromBase64()));

        public override void Write(Utf8JsonWriter writer, WireBinary value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(value.Value.RevealBytes());
    }
}
