using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Secrets.Testing.Servers;

/// <summary>A request with its whole body.</summary>
public sealed class ServerRequest(HttpRequest http, byte[] body)
{
    public HttpRequest Http => http;

    public byte[] Body => body;

    public string Path => http.Path.Value ?? "/";

    public string Header(string name) => http.Headers[name].ToString();

    public string? Query(string name) => http.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public JsonObject Json() => body.Length == 0 ? [] : JsonNode.Parse(body)!.AsObject();
}
