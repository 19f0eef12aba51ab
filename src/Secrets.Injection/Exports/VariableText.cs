using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Secrets;

/// <summary>Variables as text that shells and data languages read.</summary>
internal static class VariableText
{
    internal static SecretValue Shell(SecretValues variables)
    {
        StringBuilder text = new();
        foreach ((string name, SecretValue value) in variables)
            text.Append("export ").Append(name).Append("='").Append(value.RevealString().Replace("'", "'\\''", StringComparison.Ordinal)).Append("'\n");
        return text.ToString();
    }

    internal static SecretValue Json(SecretValues variables)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach ((string name, SecretValue value) in variables) json.WriteString(name, value.RevealString());
            json.WriteEndObject();
        }

        SecretValue text = SecretValue.FromBytes(buffer.WrittenSpan);
        buffer.Clear();
        return text;
    }

    internal static SecretValue Yaml(SecretValues variables)
    {
        if (variables.Count == 0) return "{}\n";
        StringBuilder text = new();
        foreach ((string name, SecretValue value) in variables) text.Append(Quoted(name)).Append(": ").Append(Quoted(value.RevealString())).Append('\n');
        return text.ToString();
    }

    /// <summary>A JSON string is a YAML double-quoted scalar once everything outside ASCII is escaped. Unquoted, <c>no</c> and <c>1e3</c> would change type.</summary>
    internal static string Quoted(string text) => $"\"{JavaScriptEncoder.Default.Encode(text)}\"";
}
