using System.Globalization;
using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>The endpoint that an Azure host gives its programs for tokens of their managed identity (App Service's protocol of 2019-08-01).</summary>
public sealed class AzureManagedIdentityServer(TimeProvider? time = null) : LoopbackServer(time)
{
    /// <summary>What shows that a caller is a program of this host. Not a real one.</summary>
    public string Header { get; init; } = "not-a-real-identity-header";

    /// <summary>The token that it gives.</summary>
    public required string Token { get; init; }

    /// <summary>What a token may be asked for.</summary>
    public string Resource { get; init; } = "https://vault.azure.net";

    protected override ServerCall Name(ServerRequest request) => new("token", request.Query("resource"));

    protected override ServerAnswer Answer(ServerRequest request) =>
        request.Query("api-version") != "2019-08-01" || request.Header("X-IDENTITY-HEADER") != Header || request.Query("resource")?.TrimEnd('/') != Resource
            ? ServerAnswer.Json(400, new JsonObject { ["statusCode"] = 400, ["message"] = "The request is not one of this host's programs." })
            : ServerAnswer.Json(200, new JsonObject
            {
                ["access_token"] = Token,
                ["expires_on"] = Time.GetUtcNow().AddHours(24).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["resource"] = Resource,
                ["token_type"] = "Bearer",
                ["client_id"] = "00000000-0000-0000-0000-000000000000",
            });
}
