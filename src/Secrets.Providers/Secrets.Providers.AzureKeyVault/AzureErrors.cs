using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;

namespace Secrets;

/// <summary>The service's and the SDK's faults, in this library's words.</summary>
/// <remarks>
/// The SDK's exceptions carry the whole answer in their message; what is kept inside is a copy with the service's own words only, and not even
/// those for calls that sent a value.
/// </remarks>
internal sealed class AzureErrors(string storeName) : NativeErrors(storeName, "Azure Key Vault", "the vault's address")
{
    public const string Deleted = "deleted";

    private const string Roles = "role-assignment";

    /// <param name="fault">What was thrown.</param>
    /// <param name="doing">For people: "read", "write".</param>
    /// <param name="action">The data action it needs: "get", "set".</param>
    /// <param name="address">The secret, if one.</param>
    /// <param name="sentValues">Whether the call carried values that the service could have echoed.</param>
    public SecretException From(Exception fault, string doing, string action, SecretAddress? address, bool sentValues = false)
    {
        if (fault is SecretException known)
            return known;
        for (Exception? e = fault; e is not null; e = Inside(e))
        {
            if (e is RequestFailedException { Status: not 0 } answered)
                return OfService(answered, doing, action, address, sentValues);
        }

        (SecretErrorCode code, string? reason, string next) = OfClient(fault);
        return Make(code, reason, doing, address, next, new RequestFailedException($"({fault.GetType().Name})"));
    }

    // With rights on single secrets, the service denies a name that does not exist, too; with rights on the vault it tells.
    protected override bool MayBeMissing(SecretException denied) => denied.Reason == Roles;

    protected override (SecretErrorCode Code, string? Reason, string Next)? OfVendor(Exception fault) => fault switch
    {
        CredentialUnavailableException => (SecretErrorCode.Unauthenticated, "no-credentials", "No Azure credential was found. Set a managed or workload identity, the AZURE_* variables, or sign in with a developer tool."),
        AuthenticationFailedException => (SecretErrorCode.Unauthenticated, "wrong-credential", "The credential was refused, or has ended. Check tenant, client and secret, or sign in again."),
        KeyNotFoundException => WrongAnswer(),
        InvalidOperationException { Source: "Azure.Core" or "Azure.Security.KeyVault.Secrets" } => (SecretErrorCode.Unauthenticated, "wrong-vault", "The SDK refuses to send a token there. Check that the vault's address is https and of this cloud."),
        _ => null,
    };

    // What was tried last says more than what was tried first.
    protected override Exception? Inside(Exception fault) => fault is AggregateException many ? many.InnerExceptions[^1] : fault.InnerException;

    private SecretException OfService(RequestFailedException fault, string doing, string action, SecretAddress? address, bool sentValues)
    {
        (string? said, string? inner) = Words(fault);
        (SecretErrorCode code, string? reason, string next) = Classify(fault.Status, fault.ErrorCode, inner, action);
        RequestFailedException kept = new(fault.Status, sentValues ? "(withheld: the call carried values)" : said ?? "(no error of the service)", fault.ErrorCode, null);
        TimeSpan? retryAfter = fault.GetRawResponse()?.Headers.TryGetValue("Retry-After", out string? text) == true
            && double.TryParse(text, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 86_400
                ? TimeSpan.FromSeconds(seconds)
                : null;
        return Make(code, reason, doing, address, next, kept, retryAfter);
    }

    private static (string? Message, string? InnerCode) Words(RequestFailedException fault)
    {
        try
        {
            if (fault.GetRawResponse()?.Content is not { } content)
                return default;
            using JsonDocument json = JsonDocument.Parse(content);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("error", out JsonElement error) || error.ValueKind != JsonValueKind.Object)
                return default;
            string? inner = error.TryGetProperty("innererror", out JsonElement more) && more.ValueKind == JsonValueKind.Object && more.TryGetProperty("code", out JsonElement code) ? code.GetString() : null;
            return (error.TryGetProperty("message", out JsonElement message) ? message.GetString() : null, inner);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A proxy's page; its text is nobody's error message.
            return default;
        }
    }

    private (SecretErrorCode Code, string? Reason, string Next) Classify(int status, string? code, string? inner, string action) => (status, inner ?? code) switch
    {
        (401, _) => (SecretErrorCode.Unauthenticated, "wrong-credential", "The vault does not accept the token: it has ended, or is of another tenant. Sign in again, and check the tenant."),
        (403, "SecretDisabled") => (SecretErrorCode.Denied, "disabled", "It is disabled. Enable it in the vault, or read another version."),
        (403, "ForbiddenByRbac") => (SecretErrorCode.Denied, Roles, $"No role assignment allows it (or, with roles on single secrets, there is no such secret, which Azure does not tell apart). Assign a role with secrets/{action} on it."),
        (403, "ForbiddenByFirewall" or "ForbiddenByConnection") => (SecretErrorCode.Denied, "network", "The vault's firewall refuses this network. Allow it, or use the private endpoint."),
        (403, _) => (SecretErrorCode.Denied, null, $"The credential may not. Allow secrets/{action} in the vault's access policy or by a role."),
        (404, _) => (SecretErrorCode.NotFound, null, "There is no such secret, or no such version, in this vault."),
        (409, "ObjectIsDeletedButRecoverable" or "ObjectIsBeingDeleted" or "ObjectIsBeingRecovered") => (SecretErrorCode.Conflict, Deleted, "It was deleted, and the vault keeps its name until it is recovered or purged. Recover it, or purge it first."),
        (409, _) => (SecretErrorCode.Conflict, null, "Somebody else is changing it. Read it again and repeat the change."),
        (408, _) => (SecretErrorCode.TimedOut, null, "The vault did not get the request in time. Try again."),
        (429, _) => (SecretErrorCode.Throttled, null, "The vault asks for fewer calls. Try again later, with fewer at once."),
        (>= 500, _) => (SecretErrorCode.Unavailable, null, string.Create(CultureInfo.InvariantCulture, $"The vault answered {status}. Try again later.")),
        (>= 400, _) => (SecretErrorCode.InvalidArgument, null, "The vault refused the request as it stands; the inner exception has its words."),
        _ => WrongAnswer(),
    };
}
