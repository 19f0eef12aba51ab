using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>A whole answer.</summary>
public sealed record ServerAnswer(int Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; } = [];

    public static ServerAnswer Json(int status, JsonNode body, string contentType = "application/json; charset=utf-8") =>
        new(status, Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ["Content-Type"] = contentType } };

    public static ServerAnswer Text(int status, string body, string contentType = "text/html") =>
        new(status, Encoding.UTF8.GetBytes(body)) { Headers = { ["Content-Type"] = contentType } };

    public ServerAnswer With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
