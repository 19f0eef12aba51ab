using System.Text.Json.Serialization;

namespace Secrets.Cli.Output;

/// <summary>Serialises text without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class JsonStrings : JsonSerializerContext;
