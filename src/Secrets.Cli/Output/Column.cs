using System.Text.Json.Nodes;

namespace Secrets.Cli.Output;

/// <summary>One column of a table.</summary>
/// <param name="Title">Its header.</param>
/// <param name="Cell">The text of one row.</param>
internal sealed record Column(string Title, Func<JsonObject, string> Cell)
{
    /// <summary>A column that shows a field as it is.</summary>
    public static Column Of(string title, string field) => new(title, row => row[field] switch
    {
        null => "",
        JsonArray list => string.Join(", ", list.Select(item => item?.ToString() ?? "")),
        JsonNode value => value.ToString(),
    });
}
