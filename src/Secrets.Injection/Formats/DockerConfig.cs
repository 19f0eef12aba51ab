using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Secrets;

/// <summary>Docker's <c>config.json</c>, and the image pull secrets of Kubernetes, which have the same form.</summary>
internal static class DockerConfig
{
    internal const string DefaultServer = "https://index.docker.io/v1/";
    private const string Reason = "docker-config";

    internal static SecretValue Write(string server, SecretValue username, SecretValue password, SecretValue? email)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("auths");
            json.WriteStartObject(server);
            json.WriteString("username", username.RevealString());
            json.WriteString("password", password.RevealString());
            json.WriteBase64String("auth", Encoding.UTF8.GetBytes($"{username.RevealString()}:{password.RevealString()}"));
            if (email is not null) json.WriteString("email", email.RevealString());
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        SecretValue value = SecretValue.FromBytes(buffer.WrittenSpan);
        buffer.Clear();
        return value;
    }

    /// <summary>The credential of one server in a <c>config.json</c>: the one asked for, or the only one.</summary>
    internal static SecretValues Read(SecretValue file, string? server)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(file.RevealBytes());
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("auths", out JsonElement auths) || auths.ValueKind != JsonValueKind.Object)
                throw Wrong("it has no object auths. If it has credsStore, the credentials are not in the file: give username and password instead.");
            JsonProperty[] all = [.. auths.EnumerateObject()];
            string names = string.Join(", ", all.Select(static auth => auth.Name));
            JsonProperty[] chosen = server is null ? all : [.. all.Where(auth => auth.Name == server)];
            if (chosen.Length != 1) throw Wrong(chosen.Length == 0 ? $"it does not have the server. It has: {names}." : $"it has several servers. Name one of: {names}.");
            return ReadEntry(chosen[0]);
        }
        catch (JsonException)
        {
            throw Wrong("it is not JSON.");
        }
    }

    private static SecretValues ReadEntry(JsonProperty entry)
    {
        string? username = Text(entry.Value, "username");
        string? password = Text(entry.Value, "password");
        if (Text(entry.Value, "auth") is { } auth)
        {
            Span<byte> bytes = new byte[auth.Length];
            if (!Convert.TryFromBase64String(auth, bytes, out int length)) throw Wrong("an auth field is not Base64.");
            string[] pair = Encoding.UTF8.GetString(bytes[..length]).Split(':', 2);
            if (pair.Length != 2) throw Wrong("an auth field is not user:password.");
            (username, password) = (pair[0], pair[1]);
        }

        if (string.IsNullOrEmpty(username) || password is null) throw Wrong("the server's entry has no username and password. They may be in a credential helper: give them instead.");
        SecretValues values = new() { ["server"] = entry.Name, ["username"] = username, ["password"] = password };
        if (Text(entry.Value, "email") is { } email) values["email"] = email;
        return values;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static SecretException Wrong(string problem) => FormatErrors.Refused("The Docker config file", problem, Reason);
}
