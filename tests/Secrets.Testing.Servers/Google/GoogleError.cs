using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>A fault as the service words it.</summary>
public sealed class GoogleError(int status, string word, string message) : Exception(message)
{
    public static GoogleError NotFound(string what) => new(404, "NOT_FOUND", $"{what} not found.");

    public static GoogleError NoVersions(string secret) => new(404, "NOT_FOUND", $"Secret [{secret}] not found or has no versions.");

    public static GoogleError Exists(string secret) => new(409, "ALREADY_EXISTS", $"Secret [{secret}] already exists.");

    public static GoogleError Invalid(string message) => new(400, "INVALID_ARGUMENT", message);

    public static GoogleError WrongFormat(string name, string format) => Invalid($"The provided Secret ID [{name}] does not match the expected format [{format}]");

    public static GoogleError Precondition(string message) => new(400, "FAILED_PRECONDITION", message);

    public static GoogleError Denied(string permission, string resource, bool tells) => new(
        403, "PERMISSION_DENIED", $"Permission 'secretmanager.{permission}' denied for resource '{resource}'{(tells ? "." : " (or it may not exist).")}");

    public static GoogleError Unauthenticated() => new(
        401, "UNAUTHENTICATED", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.");

    public ServerAnswer ToAnswer() => ServerAnswer.Json(status, new JsonObject
    {
        ["error"] = new JsonObject { ["code"] = status, ["message"] = Message, ["status"] = word },
    });
}
