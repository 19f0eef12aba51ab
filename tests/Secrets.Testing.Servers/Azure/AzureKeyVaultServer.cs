using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Secrets.Testing.Servers;

/// <summary>Azure Key Vault's secrets over TLS, with challenge authentication, versions, soft delete and paging.</summary>
/// <remarks>By the REST specification 7.x. One vault; names do not tell cases apart.</remarks>
public sealed partial class AzureKeyVaultServer(TimeProvider? time = null) : LoopbackSecretsServer(time)
{
    // The service's own largest page.
    private const int MaxPage = 25;
    private const int MaxValueBytes = 25 * 1024;

    private readonly List<AzureSecretState> _secrets = [];

    /// <summary>The only token that is accepted.</summary>
    public string Token { get; set; } = "not-a-real-token";

    /// <summary>What clients call it by, where that is not its own address. Default null.</summary>
    public Uri? ShownAs { get; init; }

    /// <summary>Whether denials come from role assignments, which may be on single secrets, or from the vault's access policies.</summary>
    public bool UsesRoles { get; set; }

    public override void Put(string name, string value) => Put(name, value, enabled: true);

    /// <summary>A secret, or a new version of one, that may be switched off.</summary>
    public void Put(string name, string value, bool enabled)
    {
        lock (Gate)
            Set(name, new JsonObject { ["value"] = value, ["attributes"] = new JsonObject { ["enabled"] = enabled } });
    }

    public override string? TextOf(string name)
    {
        lock (Gate)
            return Find(name, deleted: false)?.Current.Value;
    }

    public override IReadOnlyList<string> Names
    {
        get
        {
            lock (Gate)
                return [.. _secrets.Select(secret => secret.Name)];
        }
    }

    public override void Clear()
    {
        lock (Gate)
            _secrets.Clear();
        UsesRoles = false;
        base.Clear();
    }

    /// <summary>Starts with TLS: the vendor's clients send tokens no other way.</summary>
    public Task StartAsync(X509Certificate2 certificate, int port = 0) => StartAsync(port, certificate);

    /// <summary>Plans an error answer.</summary>
    public void Fail(int status, string code, string message, string? innerCode = null, string? operation = null, int times = 1, string? retryAfter = null) =>
        Faults.Answer(_ => After(new AzureError(status, code, message, innerCode).ToAnswer(), retryAfter), operation, times);

    protected override ServerCall Name(ServerRequest request)
    {
        string[] path = request.Path.Trim('/').Split('/');
        string? name = path.Length > 1 ? path[1] : null;
        string operation = (request.Http.Method, path[0], path.Length) switch
        {
            // Every conversation begins with a question that has no token.
            _ when request.Header("Authorization").Length == 0 => "challenge",
            ("GET", "secrets", 1) => "list",
            ("PUT", "secrets", 2) => "set",
            ("DELETE", "secrets", 2) => "delete",
            ("GET", "secrets", 3) when path[2] == "versions" => "listversions",
            ("GET", "secrets", 2 or 3) => "get",
            ("PATCH", "secrets", 3) => "update",
            ("GET", "deletedsecrets", 1) => "listdeleted",
            ("GET", "deletedsecrets", 2) => "getdeleted",
            ("DELETE", "deletedsecrets", 2) => "purge",
            ("POST", "deletedsecrets", 3) => "recover",
            _ => "unknown",
        };
        return new ServerCall(operation, name);
    }

    protected override ServerAnswer Answer(ServerRequest request)
    {
        try
        {
            if (request.Header("Authorization") != "Bearer " + Token)
                return Challenge(request);
            if (request.Query("api-version") is null)
                throw AzureError.Bad("The api-version query parameter (?api-version=) is required for all requests.");
            ServerCall call = Name(request);
            string action = call.Operation switch { "listversions" or "listdeleted" => "list", "getdeleted" => "get", "update" => "set", _ => call.Operation };
            if (!Allows(action, call.Secret ?? "*"))
                throw AzureError.Denied(action, UsesRoles);
            return Run(call, request);
        }
        catch (AzureError error)
        {
            return error.ToAnswer();
        }
    }

    private ServerAnswer Run(ServerCall call, ServerRequest request)
    {
        string name = call.Secret ?? "";
        string[] path = request.Path.Trim('/').Split('/');
        switch (call.Operation)
        {
            case "set":
                return Ok(Bundle(Set(name, request.Json()), null));
            case "get":
                AzureSecretState read = Need(name, deleted: false);
                AzureVersionState version = path.Length == 3 && path[2].Length > 0 ? NeedVersion(read, path[2]) : read.Current;
                return version.Enabled ? Ok(Bundle(read, version)) : throw AzureError.Disabled();
            case "update":
                AzureSecretState updated = Need(name, deleted: false);
                AzureVersionState changed = NeedVersion(updated, path[2]);
                Apply(changed, request.Json());
                changed.Updated = Time.GetUtcNow();
                JsonObject bundle = Bundle(updated, changed);
                bundle.Remove("value");
                return Ok(bundle);
            case "list":
                return Page(request, "secrets", [.. _secrets.Where(secret => secret.Deleted is null).Select(secret => (secret.Name, Item(secret, secret.Current, withVersion: false)))]);
            case "listversions":
                // A name that is not there has no versions; the service does not call that an error. Their order is that of their ids.
                AzureSecretState? listed = Find(name, deleted: false);
                return Page(request, $"secrets/{name}/versions", listed is null ? [] : [.. listed.Versions.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one => (one.Id, Item(listed, one, withVersion: true)))]);
            case "delete":
                AzureSecretState gone = Need(name, deleted: false);
                gone.Deleted = Time.GetUtcNow();
                return Ok(DeletedBundle(gone));
            case "listdeleted":
                return Page(request, "deletedsecrets", [.. _secrets.Where(secret => secret.Deleted is not null).Select(secret => (secret.Name, DeletedBundle(secret)))]);
            case "getdeleted":
                return Ok(DeletedBundle(Need(name, deleted: true)));
            case "purge":
                _secrets.Remove(Need(name, deleted: true));
                return new ServerAnswer(204, []);
            case "recover":
                AzureSecretState recovered = Need(name, deleted: true);
                recovered.Deleted = null;
                return Ok(Item(recovered, recovered.Current, withVersion: true));
            default:
                throw new AzureError(405, "MethodNotAllowed", "The method is not allowed.");
        }
    }

    private AzureSecretState Set(string name, JsonObject body)
    {
        if (!LegalName().IsMatch(name))
            throw AzureError.Bad($"The request URI contains an invalid name: {name}");
        string value = (string?)body["value"] ?? throw AzureError.Bad("The parameter value is required.");
        if (Encoding.UTF8.GetByteCount(value) > MaxValueBytes)
            throw AzureError.Bad("The secret value exceeds the maximum allowed length of 25600.");
        if ((body["tags"] as JsonObject ?? []).Count > 15)
            throw AzureError.Bad("There are too many tags.");
        if ((body["tags"] as JsonObject ?? []).Any(tag => tag.Key.Length > 256 || ((string?)tag.Value)?.Length > 256))
            throw AzureError.Bad("A tag is too long.");
        if (Find(name, deleted: true) is not null)
            throw AzureError.Recoverable(name);
        AzureSecretState? secret = Find(name, deleted: false);
        if (secret is null)
            _secrets.Add(secret = new AzureSecretState(name));
        AzureVersionState version = new(Guid.NewGuid().ToString("N"), value, Time.GetUtcNow());
        Apply(version, body);
        secret.Versions.Add(version);
        return secret;
    }

    private static void Apply(AzureVersionState version, JsonObject body)
    {
        JsonObject attributes = body["attributes"] as JsonObject ?? [];
        version.Enabled = (bool?)attributes["enabled"] ?? version.Enabled;
        version.Expires = (long?)attributes["exp"] ?? version.Expires;
        version.NotBefore = (long?)attributes["nbf"] ?? version.NotBefore;
        version.ContentType = (string?)body["contentType"] ?? version.ContentType;
        if (body["tags"] is JsonObject tags)
            version.Tags = tags.DeepClone().AsObject();
    }

    private ServerAnswer Page(ServerRequest request, string path, List<(string Key, JsonObject Item)> all)
    {
        int max = int.TryParse(request.Query("maxresults"), CultureInfo.InvariantCulture, out int asked) ? Math.Min(asked, MaxPage) : MaxPage;
        int start = 0;
        if (request.Query("$skiptoken") is { } after)
        {
            start = all.FindIndex(one => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(one.Key)) == after) + 1;
            if (start == 0)
                throw AzureError.Bad("The skiptoken is invalid.");
        }

        List<(string Key, JsonObject Item)> page = [.. all.Skip(start).Take(max)];
        string? next = start + page.Count < all.Count
            ? $"{ShownAs ?? Url}{path}?api-version={request.Query("api-version")}&$skiptoken={Convert.ToHexStringLower(Encoding.UTF8.GetBytes(page[^1].Key))}&maxresults={max}"
            : null;
        return Ok(new JsonObject { ["value"] = new JsonArray([.. page.Select(one => (JsonNode)one.Item)]), ["nextLink"] = next });
    }

    private ServerAnswer Challenge(ServerRequest request) =>
        new AzureError(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.").ToAnswer().With(
            "WWW-Authenticate",
            "Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000\", resource=\"https://vault.azure.net\""
                + (request.Header("Authorization").Length > 0 ? ", error=\"invalid_token\", error_description=\"The token expired.\"" : ""));

    private AzureSecretState? Find(string name, bool deleted) =>
        _secrets.Find(secret => string.Equals(secret.Name, name, StringComparison.OrdinalIgnoreCase) && secret.Deleted is not null == deleted);

    private AzureSecretState Need(string name, bool deleted) => Find(name, deleted) ?? throw AzureError.NotFound(name);

    private static AzureVersionState NeedVersion(AzureSecretState secret, string id) =>
        secret.Versions.Find(version => version.Id == id) ?? throw AzureError.NotFound($"{secret.Name}/{id}");

    private JsonObject Bundle(AzureSecretState secret, AzureVersionState? version)
    {
        JsonObject bundle = Item(secret, version ?? secret.Current, withVersion: true);
        bundle["value"] = (version ?? secret.Current).Value;
        return bundle;
    }

    private JsonObject DeletedBundle(AzureSecretState secret)
    {
        JsonObject bundle = Item(secret, secret.Current, withVersion: false);
        bundle["recoveryId"] = $"{ShownAs ?? Url}deletedsecrets/{secret.Name}";
        bundle["deletedDate"] = secret.Deleted!.Value.ToUnixTimeSeconds();
        bundle["scheduledPurgeDate"] = secret.Deleted.Value.AddDays(90).ToUnixTimeSeconds();
        return bundle;
    }

    private JsonObject Item(AzureSecretState secret, AzureVersionState version, bool withVersion) => new()
    {
        ["id"] = $"{ShownAs ?? Url}secrets/{secret.Name}{(withVersion ? "/" + version.Id : "")}",
        ["contentType"] = version.ContentType,
        ["attributes"] = version.Attributes(),
        ["tags"] = version.Tags.DeepClone(),
    };

    private static ServerAnswer Ok(JsonObject body) => ServerAnswer.Json(200, body);

    [GeneratedRegex("^[0-9a-zA-Z-]{1,127}$")]
    private static partial Regex LegalName();
}
