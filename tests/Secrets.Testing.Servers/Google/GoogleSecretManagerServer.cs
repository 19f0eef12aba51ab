using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>Google Secret Manager's REST v1, bearer tokens checked.</summary>
/// <remarks>
/// By the service's discovery document. One project, and one endpoint of it: the global one, or a location's own. Each knows only the names of
/// its kind, and each has its own secrets.
/// </remarks>
public sealed class GoogleSecretManagerServer(TimeProvider? time = null) : LoopbackSecretsServer(time)
{
    private const string Impersonation = ":generateAccessToken";
    private const string Exchange = "/v1/token";

    private readonly List<string?> _quotaProjects = [];
    private GoogleSecretManagerState? _made;

    public string Project { get; init; } = "test-project";

    /// <summary>The location whose endpoint this is. Default null: the global one.</summary>
    public string? Location { get; init; }

    /// <summary>The only token that is accepted.</summary>
    public string Token { get; set; } = "not-a-real-token";

    /// <summary>Whether it asks for no token at all, as emulators do. Default false.</summary>
    public bool IsEmulator { get; init; }

    /// <summary>Whether a denial tells that the secret exists. Default false, as for rights on single secrets.</summary>
    public bool TellsExistence { get; set; }

    /// <summary>Whether values come with a checksum that is not theirs. Default false.</summary>
    public bool DamagesChecksums { get; set; }

    /// <summary>What the header that names who pays said on each authenticated call; null where none came.</summary>
    public IReadOnlyList<string?> QuotaProjects
    {
        get
        {
            lock (Gate)
                return [.. _quotaProjects];
        }
    }

    /// <summary>The token that may be exchanged for <see cref="Token"/> by acting as a service account; null for none.</summary>
    public string? SourceToken { get; set; }

    /// <summary>The token of another platform that may be exchanged for <see cref="Token"/>; null for none.</summary>
    public string? SubjectToken { get; set; }

    /// <summary>The service account that it was exchanged for.</summary>
    public string Account { get; init; } = "reader@test-project.iam.example";

    public override void Put(string name, string value)
    {
        lock (Gate)
        {
            GoogleSecretState secret = State.Find(name) ?? State.Create(name, Location is null ? new JsonObject { ["replication"] = new JsonObject { ["automatic"] = new JsonObject() } } : []);
            State.Add(secret, Encoding.UTF8.GetBytes(value));
        }
    }

    /// <summary>Switches a secret's newest version off, as the console does.</summary>
    public void Disable(string name)
    {
        lock (Gate)
            State.Find(name)!.Versions[^1].State = "DISABLED";
    }

    /// <summary>Where a secret's values are kept, as JSON; null for a regional one.</summary>
    public string? ReplicationOf(string name)
    {
        lock (Gate)
            return State.Find(name)!.Replication?.ToJsonString();
    }

    /// <summary>Makes destructions of a secret's versions wait, as <c>version_destroy_ttl</c> does.</summary>
    public void DelayDestruction(string name, TimeSpan delay)
    {
        lock (Gate)
            State.Find(name)!.DestroyDelay = delay;
    }

    /// <summary>Gives a version a second name, as the console does.</summary>
    public void Alias(string name, string alias, int number)
    {
        lock (Gate)
            State.Find(name)!.Aliases[alias] = number.ToString(CultureInfo.InvariantCulture);
    }

    public override string? TextOf(string name)
    {
        lock (Gate)
            return State.Find(name) is { Versions: [.., { } newest] } ? Encoding.UTF8.GetString(newest.Data) : null;
    }

    public override IReadOnlyList<string> Names
    {
        get
        {
            lock (Gate)
                return [.. State.Secrets.Select(secret => secret.Name)];
        }
    }

    public override void Clear()
    {
        lock (Gate)
        {
            State.Secrets.Clear();
            _quotaProjects.Clear();
        }

        SourceToken = SubjectToken = null;
        TellsExistence = false;
        DamagesChecksums = false;
        base.Clear();
    }

    /// <summary>Plans an error answer.</summary>
    public void Fail(int status, string word, string message, string? operation = null, int times = 1, string? retryAfter = null) =>
        Faults.Answer(_ => After(new GoogleError(status, word, message).ToAnswer(), retryAfter), operation, times);

    private GoogleSecretManagerState State => _made ??= new GoogleSecretManagerState(Time, Project, Location);

    protected override ServerCall Name(ServerRequest request)
    {
        if (request.Path.EndsWith(Impersonation, StringComparison.Ordinal))
            return new ServerCall("serviceAccounts.generateAccessToken", null);
        if (request.Path == Exchange)
            return new ServerCall("sts.token", null);
        (string? secret, string? version, string? verb) = Parts(request);
        string operation = (request.Http.Method, secret, version, verb) switch
        {
            ("POST", null, _, _) => "secrets.create",
            ("GET", null, _, _) => "secrets.list",
            ("POST", _, null, "addVersion") => "versions.add",
            ("GET", _, null, null) => "secrets.get",
            ("PATCH", _, null, null) => "secrets.update",
            ("DELETE", _, null, null) => "secrets.delete",
            ("GET", _, "", null) => "versions.list",
            ("GET", _, _, null) => "versions.get",
            ("GET", _, _, "access") => "versions.access",
            ("POST", _, _, "enable" or "disable" or "destroy") => "versions." + verb,
            _ => "unknown",
        };
        return new ServerCall(operation, secret ?? request.Query("secretId"));
    }

    protected override ServerAnswer Answer(ServerRequest request)
    {
        try
        {
            if (request.Path.EndsWith(Impersonation, StringComparison.Ordinal))
                return Impersonate(request);
            if (request.Path == Exchange)
                return ExchangeSubject(request);
            if (!IsEmulator && request.Header("Authorization") != "Bearer " + Token)
                throw GoogleError.Unauthenticated();
            _quotaProjects.Add(request.Header("x-goog-user-project") is { Length: > 0 } quota ? quota : null);
            if (!request.Path.StartsWith($"/v1/projects/{Project}/", StringComparison.Ordinal))
                throw new GoogleError(403, "PERMISSION_DENIED", "Permission denied on resource project (or it may not exist).");
            CheckLocation(request.Path);
            ServerCall call = Name(request);
            if (!Allows(call.Operation, call.Secret ?? "*"))
                throw GoogleError.Denied(call.Operation, State.Resource(call.Secret ?? ""), TellsExistence);
            return ServerAnswer.Json(200, Run(call.Operation, request));
        }
        catch (GoogleError error)
        {
            return error.ToAnswer();
        }
    }

    /// <summary>A name of the other kind is no name here; one of another location may not be asked for through this one.</summary>
    /// <remarks>That it is refused is documented for both; the words are the service's for the first, and a guess for the second.</remarks>
    private void CheckLocation(string path)
    {
        string[] parts = path.Split('/');
        string? asked = parts.Length > 5 && parts[4] == "locations" ? parts[5] : null;
        if ((asked is null) != (Location is null))
            throw GoogleError.WrongFormat(path["/v1/".Length..], Location is null ? "projects/*/secrets/*" : "projects/*/locations/*/secrets/*");
        if (asked != Location)
            throw GoogleError.Invalid($"The location [{asked}] of the resource does not match the location [{Location}] of the endpoint.");
    }

    /// <summary>The credentials service's exchange of the caller's token for a service account's.</summary>
    private ServerAnswer Impersonate(ServerRequest request)
    {
        if (SourceToken is null || request.Header("Authorization") != "Bearer " + SourceToken)
            throw GoogleError.Unauthenticated();
        if (request.Path != $"/v1/projects/-/serviceAccounts/{Account}{Impersonation}")
            throw new GoogleError(403, "PERMISSION_DENIED", "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).");
        return ServerAnswer.Json(200, new JsonObject { ["accessToken"] = Token, ["expireTime"] = Time.GetUtcNow().AddHours(1).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) });
    }

    /// <summary>The token service's exchange (RFC 8693) of another platform's token.</summary>
    private ServerAnswer ExchangeSubject(ServerRequest request)
    {
        bool isKnown = SubjectToken is not null && Encoding.UTF8.GetString(request.Body).Split('&').Contains("subject_token=" + Uri.EscapeDataString(SubjectToken));
        return isKnown
            ? ServerAnswer.Json(200, new JsonObject { ["access_token"] = Token, ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token", ["token_type"] = "Bearer", ["expires_in"] = 3600 })
            : ServerAnswer.Json(400, new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "The given credential is rejected by the attribute condition." });
    }

    private JsonObject Run(string operation, ServerRequest request)
    {
        (string? name, string? version, _) = Parts(request);
        switch (operation)
        {
            case "secrets.create":
                return GoogleAnswers.Shown(State.Create(request.Query("secretId") ?? "", request.Json()), request);
            case "secrets.list":
                return List(request);
            case "secrets.get":
                return GoogleAnswers.Shown(State.Need(name!), request);
            case "secrets.update":
                return GoogleAnswers.Shown(Patch(State.Need(name!), request), request);
            case "secrets.delete":
                GoogleSecretState gone = State.Need(name!);
                GoogleSecretManagerState.CheckEtag(gone, request.Query("etag"));
                State.Secrets.Remove(gone);
                return [];
            case "versions.add":
                return GoogleAnswers.Shown(State.Need(name!), State.Added(State.Need(name!), request.Json()), request);
            case "versions.list":
                return ListVersions(State.Need(name!), request);
            case "versions.get":
                return GoogleAnswers.Shown(State.Need(name!), GoogleSecretManagerState.NeedVersion(State.Need(name!), version!), request);
            case "versions.access":
                return Access(State.Need(name!), version!, request);
            case "versions.enable" or "versions.disable" or "versions.destroy":
                return GoogleAnswers.Shown(State.Need(name!), State.Switch(State.Need(name!), GoogleSecretManagerState.NeedVersion(State.Need(name!), version!), operation), request);
            default:
                throw new GoogleError(404, "NOT_FOUND", "The requested URL was not found on this server.");
        }
    }

    private GoogleSecretState Patch(GoogleSecretState secret, ServerRequest request)
    {
        JsonObject body = request.Json();
        GoogleSecretManagerState.CheckEtag(secret, (string?)body["etag"]);
        GoogleSecretManagerState.Apply(secret, body, [.. (request.Query("updateMask") ?? "").Split(',').Select(field => field switch { "expire_time" => "expireTime", "version_aliases" => "versionAliases", _ => field })]);
        secret.Touch();
        return secret;
    }

    private JsonObject Access(GoogleSecretState secret, string which, ServerRequest request)
    {
        GoogleVersionState version = GoogleSecretManagerState.NeedVersion(secret, which);
        string resource = GoogleAnswers.VersionResource(secret, version, request);
        if (version.State != "ENABLED")
            throw GoogleError.Precondition($"Secret Version [{resource}] is in {version.State} state.");
        string checksum = GoogleSecretManagerState.Checksum(version.Data);
        return new JsonObject
        {
            ["name"] = resource,
            ["payload"] = new JsonObject { ["data"] = Convert.ToBase64String(version.Data), ["dataCrc32c"] = DamagesChecksums ? "1" + checksum : checksum },
        };
    }

    private JsonObject List(ServerRequest request)
    {
        string[] terms = [.. (request.Query("filter") ?? "").Split(" OR ", StringSplitOptions.RemoveEmptyEntries).Select(term => term["name:".Length..])];
        List<GoogleSecretState> wanted = [.. State.Secrets.Where(secret => terms.Length == 0 || terms.Any(term => secret.Name.Contains(term, StringComparison.OrdinalIgnoreCase)))];
        return GoogleAnswers.Page(request, "secrets", wanted, secret => secret.Name, secret => GoogleAnswers.Shown(secret, request), 25_000);
    }

    private JsonObject ListVersions(GoogleSecretState secret, ServerRequest request) => GoogleAnswers.Page(
        request, "versions", [.. secret.Versions.AsEnumerable().Reverse()], version => version.Number.ToString(CultureInfo.InvariantCulture), version => GoogleAnswers.Shown(secret, version, request), 25_000);

    private static (string? Secret, string? Version, string? Verb) Parts(ServerRequest request)
    {
        string path = request.Path;
        int colon = path.LastIndexOf(':');
        string? verb = colon < 0 ? null : path[(colon + 1)..];
        string[] parts = (colon < 0 ? path : path[..colon]).Split('/');
        int at = Array.IndexOf(parts, "secrets");
        string? secret = at >= 0 && parts.Length > at + 1 ? parts[at + 1] : null;
        string? version = at >= 0 && parts.Length > at + 2 ? string.Join('/', parts[(at + 3)..]) : null;
        return (secret, version, verb);
    }
}
