using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

internal sealed class AzureVersionState(string id, string value, DateTimeOffset created)
{
    public string Id => id;

    public string Value => value;

    public DateTimeOffset Created { get; } = created;

    public DateTimeOffset Updated { get; set; } = created;

    public bool Enabled { get; set; } = true;

    public long? Expires { get; set; }

    public long? NotBefore { get; set; }

    public string? ContentType { get; set; }

    public JsonObject Tags { get; set; } = [];

    public JsonObject Attributes()
    {
        JsonObject attributes = new()
        {
            ["enabled"] = Enabled, ["created"] = Created.ToUnixTimeSeconds(), ["updated"] = Updated.ToUnixTimeSeconds(),
            ["recoveryLevel"] = "Recoverable+Purgeable", ["recoverableDays"] = 90,
        };
        if (Expires is { } expires)
            attributes["exp"] = expires;
        if (NotBefore is { } notBefore)
            attributes["nbf"] = notBefore;
        return attributes;
    }
}
