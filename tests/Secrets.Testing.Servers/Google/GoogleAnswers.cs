using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>What the service shows of secrets and versions, and page by page.</summary>
internal static class GoogleAnswers
{
    public static JsonObject Page<T>(ServerRequest request, string member, List<T> all, Func<T, string> key, Func<T, JsonObject> show, int max)
    {
        int size = int.TryParse(request.Query("pageSize"), CultureInfo.InvariantCulture, out int asked) && asked > 0 ? Math.Min(asked, max) : 100;
        int start = 0;
        if (request.Query("pageToken") is { Length: > 0 } token)
        {
            start = all.FindIndex(one => Convert.ToBase64String(Encoding.UTF8.GetBytes(key(one))) == token) + 1;
            if (start == 0)
                throw GoogleError.Invalid("The page token is invalid.");
        }

        List<T> page = [.. all.Skip(start).Take(size)];
        JsonObject answer = new() { [member] = new JsonArray([.. page.Select(one => (JsonNode)show(one))]), ["totalSize"] = all.Count };
        if (start + page.Count < all.Count)
            answer["nextPageToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(key(page[^1])));
        return answer;
    }

    public static JsonObject Shown(GoogleSecretState secret, ServerRequest request)
    {
        JsonObject shown = new()
        {
            ["name"] = Resource(secret, request), ["createTime"] = Text(secret.Created), ["etag"] = secret.Etag, ["labels"] = secret.Labels.DeepClone(),
            ["annotations"] = secret.Annotations.DeepClone(), ["versionAliases"] = secret.Aliases.DeepClone(), ["replication"] = secret.Replication?.DeepClone(),
        };
        if (secret.Expires is { } expires)
            shown["expireTime"] = Text(expires);
        return shown;
    }

    public static JsonObject Shown(GoogleSecretState secret, GoogleVersionState version, ServerRequest request)
    {
        JsonObject shown = new() { ["name"] = VersionResource(secret, version, request), ["createTime"] = Text(version.Created), ["state"] = version.State };
        if (version.DestroyOn is { } destroyOn)
            shown["scheduledDestroyTime"] = Text(destroyOn);
        if (version.Destroyed is { } destroyed)
            shown["destroyTime"] = Text(destroyed);
        return shown;
    }

    public static string VersionResource(GoogleSecretState secret, GoogleVersionState version, ServerRequest request) =>
        string.Create(CultureInfo.InvariantCulture, $"{Resource(secret, request)}/versions/{version.Number}");

    // The service answers with the name it was asked by: global, or of a location.
    private static string Resource(GoogleSecretState secret, ServerRequest request) =>
        request.Path[4..(request.Path.IndexOf("/secrets", StringComparison.Ordinal) + "/secrets".Length)] + "/" + secret.Name;

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
