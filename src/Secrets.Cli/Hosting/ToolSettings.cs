using System.Text.Json;
using System.Text.Json.Nodes;

namespace Secrets.Cli.Hosting;

/// <summary>What <c>secrets.json</c>, here or in a directory above, says: the same section that a host reads.</summary>
/// <param name="Store">Where the secrets are; null if not said.</param>
/// <param name="Project">The project scope; null for none.</param>
/// <param name="Cluster">The cluster scope; null for none.</param>
/// <param name="Directory">Where the file is: relative paths in it start there.</param>
internal sealed record ToolSettings(string? Store, string? Project, string? Cluster, string Directory)
{
    public const string FileName = "secrets.json";

    private const string StoreField = "Store";
    private const string ProjectField = "Project";
    private const string ClusterField = "Cluster";

    public static ToolSettings Find(string directory)
    {
        for (string? at = directory; at is not null; at = Path.GetDirectoryName(at))
        {
            string path = Path.Join(at, FileName);
            if (File.Exists(path))
                return Read(path, at);
        }

        return new ToolSettings(null, null, null, directory);
    }

    private static ToolSettings Read(string path, string directory)
    {
        try
        {
            JsonNode? root = JsonNode.Parse(File.ReadAllText(path), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            JsonNode? section = root?["Secrets"] ?? root;
            return new ToolSettings(
                (string?)section?[StoreField],
                (string?)section?["Scopes"]?[ProjectField],
                (string?)section?["Scopes"]?[ClusterField],
                directory);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The parser's own message can quote the text, and the text is somebody's settings.
            throw new UsageException($"{path} is not a settings file: expected {{ \"Store\": \"...\", \"Scopes\": {{ \"Project\": \"...\" }} }}.");
        }
    }
}
