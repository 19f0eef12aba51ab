using System.Globalization;
using Google.Apis.Auth.OAuth2.Responses;

namespace Secrets;

/// <summary>The service's and the SDK's faults, in this library's words.</summary>
/// <remarks>What the service said is kept inside only for calls that sent no value.</remarks>
internal sealed class GoogleErrors(string storeName, string? location = null) : NativeErrors(storeName, "Google Secret Manager", location is null ? "the endpoint" : $"that '{location}' is a location with an endpoint of its own,")
{
    public const string WrongLocation = "wrong-location";

    private const string MayNotExist = "may-not-exist";

    /// <param name="fault">What was thrown.</param>
    /// <param name="doing">For people: "read", "write".</param>
    /// <param name="permission">The permission it needs, as in "versions.access".</param>
    /// <param name="address">The secret, if one.</param>
    /// <param name="sentValues">Whether the call carried values that the service could have echoed.</param>
    public SecretException From(Exception fault, string doing, string permission, SecretAddress? address, bool sentValues = false)
    {
        if (fault is SecretException known)
            return known;
        if (fault is GoogleFault answered)
        {
            (SecretErrorCode code, string? reason, string next) = Classify(answered, permission);
            string said = sentValues ? "(withheld: the call carried values)" : answered.Message;
            HttpRequestException inner = new(HttpRequestError.Unknown, string.Create(CultureInfo.InvariantCulture, $"{answered.Status} {answered.Word}: {said}"), null, (System.Net.HttpStatusCode)answered.Status);
            return Make(code, reason, doing, address, next, inner, answered.RetryAfter);
        }

        (SecretErrorCode clientCode, string? clientReason, string clientNext) = OfClient(fault);
        return Make(clientCode, clientReason, doing, address, clientNext, new InvalidOperationException(fault.GetType().Name));
    }

    // Without rights on the whole project, the service denies a name that does not exist, too, and says so.
    protected override bool MayBeMissing(SecretException denied) => denied.Reason == MayNotExist;

    protected override (SecretErrorCode Code, string? Reason, string Next)? OfVendor(Exception fault) => fault switch
    {
        NoCredentialException => (SecretErrorCode.Unauthenticated, "no-credentials", "No Google credential was found. Set GOOGLE_APPLICATION_CREDENTIALS to a file that is there, sign in with gcloud, or run where a service account is attached."),
        WrongSourceException => (SecretErrorCode.Unauthenticated, "impersonation-source", "The credential is of a kind that cannot act as a service account (a bare access token, an API key). Act from a service account, a signed-in person or a workload identity, or drop Impersonate."),
        TokenResponseException => (SecretErrorCode.Unauthenticated, "wrong-credential", "The credential was refused, or has ended. Check the service account and its key, or sign in again."),
        _ => null,
    };

    private (SecretErrorCode Code, string? Reason, string Next) Classify(GoogleFault fault, string permission)
    {
        bool Says(string words) => fault.Message.Contains(words, StringComparison.Ordinal);
        return (fault.Status, fault.Word) switch
        {
            (_, "UNAUTHENTICATED") or (401, _) => (SecretErrorCode.Unauthenticated, "wrong-credential", "Google does not accept the token: it has ended, or is no token. Sign in again, or check the service account."),
            (_, "PERMISSION_DENIED") when Says("has not been used in project") || Says("it is disabled") => (SecretErrorCode.Denied, "api-disabled", "The Secret Manager API is not enabled in the project. Enable it."),
            (_, "PERMISSION_DENIED") when Says("may not exist") => (SecretErrorCode.Denied, MayNotExist, $"The credential may not, or there is no such secret, which Google does not tell apart. Grant secretmanager.{permission} on it or on the project."),
            (_, "PERMISSION_DENIED") or (403, _) => (SecretErrorCode.Denied, null, $"The credential may not. Grant secretmanager.{permission}."),
            (_, "NOT_FOUND") or (404, _) => (SecretErrorCode.NotFound, null, location is null
                ? "There is no such secret, or no such version, in this project. Regional secrets are none of the global service: for one, set Location."
                : $"There is no such secret, or no such version, in this project's location {location}. Secrets of other locations, and global ones, are not seen from it."),
            (_, "ALREADY_EXISTS") => (SecretErrorCode.AlreadyExists, null, "There is one already. Update it, or choose another name."),
            (_, "FAILED_PRECONDITION") when Says("DISABLED") => (SecretErrorCode.Denied, "disabled", "The version is disabled. Enable it, or read another version."),
            (_, "FAILED_PRECONDITION") when Says("DESTROYED") => (SecretErrorCode.NotFound, "destroyed", "The version is destroyed; its value is gone for good. Read another version."),
            (_, "INVALID_ARGUMENT") when IsOfLocation(fault.Message) => (SecretErrorCode.InvalidArgument, WrongLocation, location is null
                ? "The endpoint keeps regional secrets, and no Location is set. Set Location to its location, or take the global endpoint."
                : $"The endpoint is not that of the location {location}. Leave ServiceUrl out, or name that location's own endpoint; the global one knows no regional secrets."),
            (_, "FAILED_PRECONDITION" or "ABORTED") or (409, _) => (SecretErrorCode.Conflict, null, "Somebody else changed it in between. Read it again and repeat the change."),
            (_, "RESOURCE_EXHAUSTED") or (429, _) => (SecretErrorCode.Throttled, null, "Google asks for fewer calls. Try again later, with fewer at once."),
            (_, "DEADLINE_EXCEEDED") or (408 or 504, _) => (SecretErrorCode.TimedOut, null, "The service did not finish in time. Try again."),
            ( >= 500, _) => (SecretErrorCode.Unavailable, null, string.Create(CultureInfo.InvariantCulture, $"Google answered {fault.Status}. Try again later.")),
            ( >= 400, _) => (SecretErrorCode.InvalidArgument, null, "Google refused the request as it stands; the inner exception has its words."),
            _ => WrongAnswer(),
        };
    }

    // A name of the wrong kind for the endpoint is refused for its form ("projects/*/secrets/*" or "projects/*/locations/*/secrets/*").
    private static bool IsOfLocation(string message) =>
        message.Contains("does not match the expected format [projects/*/", StringComparison.Ordinal)
        || (message.Contains("location", StringComparison.OrdinalIgnoreCase) && message.Contains("endpoint", StringComparison.OrdinalIgnoreCase));
}
