using System.Text.Json.Serialization;
using static Secrets.GoogleMessages;

namespace Secrets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NativeSecret))]
[JsonSerializable(typeof(ListSecretsResponse))]
[JsonSerializable(typeof(NativeVersion))]
[JsonSerializable(typeof(ListVersionsResponse))]
[JsonSerializable(typeof(AddVersionRequest))]
[JsonSerializable(typeof(AccessResponse))]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class GoogleJson : JsonSerializerContext;
