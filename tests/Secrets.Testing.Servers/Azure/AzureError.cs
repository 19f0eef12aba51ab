using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>A fault as the service words it.</summary>
public sealed class AzureError(int status, string code, string message, string? innerCode = null) : Exception(message)
{
    public static AzureError NotFound(string name) =>
        new(404, "SecretNotFound", $"A secret with (name/id) {name} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command.");

    public static AzureError Bad(string message) => new(400, "BadParameter", message);

    public static AzureError Disabled() => new(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");

    public static AzureError Recoverable(string name) => new(
        409, "Conflict", $"Secret {name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.", "ObjectIsDeletedButRecoverable");

    public static AzureError Denied(string action, bool byRbac) => new(
        403, "Forbidden", $"Caller is not authorized to perform action on resource. Action: 'Microsoft.KeyVault/vaults/secrets/{action}'", byRbac ? "ForbiddenByRbac" : "ForbiddenByPolicy");

    public ServerAnswer ToAnswer()
    {
        JsonObject error = new() { ["code"] = code, ["message"] = Message };
        if (innerCode is not null)
            error["innererror"] = new JsonObject { ["code"] = innerCode };
        return ServerAnswer.Json(status, new JsonObject { ["error"] = error });
    }
}
