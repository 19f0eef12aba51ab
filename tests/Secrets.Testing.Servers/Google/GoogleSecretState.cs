using System.Globalization;
using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

internal sealed class GoogleSecretState(string name, DateTimeOffset created)
{
    private int _changes;

    public string Name => name;

    public DateTimeOffset Created => created;

    public JsonObject Labels { get; set; } = [];

    public JsonObject Annotations { get; set; } = [];

    public JsonObject Aliases { get; set; } = [];

    public JsonNode? Replication { get; set; }

    public DateTimeOffset? Expires { get; set; }

    /// <summary>How long a version that is destroyed is only disabled; null for destroyed at once.</summary>
    public TimeSpan? DestroyDelay { get; set; }

    /// <summary>Oldest first; numbers go from one and are never used again.</summary>
    public List<GoogleVersionState> Versions { get; } = [];

    public string Etag => "\"" + _changes.ToString("x8", CultureInfo.InvariantCulture) + "\"";

    public void Touch() => _changes++;
}
