using System.Globalization;
using System.Text.Json;
using Google.Apis.Auth.OAuth2.Responses;

namespace Secrets;

/// <summary>The service's and the SDK's faults, in this library's words.</summary>
/// <remarks>What the service said is kept inside only for calls that sent no value.</remarks>
internal sealed class GoogleErrors(string storeName)
{
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

    /// <summary>Without rights on the whole project, the service denies a name that does not exist, too, and says so.</summary>
    public static SecretReadStatus StatusOf(SecretException error) => error switch
    {
        { Code: SecretErrorCode.NotFound } => SecretReadStatus.NotFound,
        { Code: SecretErrorCode.Denied, Reason: MayNotExist } => SecretReadStatus.MissingOrDenied,
        { Code: SecretErrorCode.Denied } => SecretReadStatus.Denied,
        _ => SecretReadStatus.Failed,
    };

    public SecretException Make(SecretErrorCode code, string? reason, string doing, SecretAddress? address, string next, Exception? inner = null, TimeSpan? retryAfter = null) =>
        new(code, $"Could not {doing} {(address is { } one ? "the secret " + one : "secrets")} in the store '{storeName}'. {next}", inner)
        {
            StoreName = storeName,
            Address = address,
            Reason = reason,
            RetryAfter = retryAfter,
        };

    private static (SecretErrorCode Code, string? Reason, string Next) Classify(GoogleFault fault, string permission)
    {
        bool Says(string words) => fault.Message.Contains(words, StringComparison.Ordinal);
        return (fault.Status, fault.Word) switch
        {
            (_, "UNAUTHENTICATED") or (401, _) => (SecretErrorCode.Unauthenticated, "wrong-credential", "Google does not accept the token: it has ended, or is no token. Sign in again, or check the service account."),
            (_, "PERMISSION_DENIED") when Says("has not been used in project") || Says("it is disabled") => (SecretErrorCode.Denied, "api-disabled", "The Secret Manager API is not enabled in the project. Enable it."),
            (_, "PERMISSION_DENIED") when Says("may not exist") => (SecretErrorCode.Denied, MayNotExist, $"The credential may not, or there is no such secret, which Google does not tell apart. Grant secretmanager.{permission} on it or on the project."),
            (_, "PERMISSION_DENIED") or (403, _) => (SecretErrorCode.Denied, null, $"The credential may not. Grant secretmanager.{permission}."),
            (_, "NOT_FOUND") or (404, _) => (SecretErrorCode.NotFound, null, "There is no such secret, or no such version, in this project."),
            (_, "ALREADY_EXISTS") => (SecretErrorCode.AlreadyExists, null, "There is one already. Update it, or choose another name."),
            (_, "FAILED_PRECONDITION") when Says("DISABLED") => (SecretErrorCode.Denied, "disabled", "The version is disabled. Enable it, or read another version."),
            (_, "FAILED_PRECONDITION") when Says("DESTROYED") => (SecretErrorCode.NotFound, "destroyed", "The version is destroyed; its value is gone for good. Read another version."),
            (_, "FAILED_PRECONDITION" or "ABORTED") or (409, _) => (SecretErrorCode.Conflict, null, "Somebody else changed it in between. Read it again and repeat the change."),
            (_, "RESOURCE_EXHAUSTED") or (429, _) => (SecretErrorCode.Throttled, null, "Google asks for fewer calls. Try again later, with fewer at once."),
            (_, "DEADLINE_EXCEEDED") or (408 or 504, _) => (SecretErrorCode.TimedOut, null, "The service did not finish in time. Try again."),
            ( >= 500, _) => (SecretErrorCode.Unavailable, null, string.Create(CultureInfo.InvariantCulture, $"Google answered {fault.Status}. Try again later.")),
            ( >= 400, _) => (SecretErrorCode.InvalidArgument, null, "Google refused the request as it stands; the inner exception has its words."),
            _ => (SecretErrorCode.Unavailable, "wrong-answer", "The answer is not Google Secret Manager's. Check the endpoint, and what stands between (a proxy's page?)."),
        };
    }

    private static (SecretErrorCode Code, string? Reason, string Next) OfClient(Exception fault)
    {
        for (Exception? e = fault; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case NoCredentialException:
                    return (SecretErrorCode.Unauthenticated, "no-credentials", "No Google credential was found. Set GOOGLE_APPLICATION_CREDENTIALS to a file that is there, sign in with gcloud, or run where a service account is attached.");
                case TokenResponseException:
                    return (SecretErrorCode.Unauthenticated, "wrong-credential", "The credential was refused, or has ended. Check the service account and its key, or sign in again.");
                case OperationCanceledException or TimeoutException:
                    return (SecretErrorCode.TimedOut, null, "There was no answer within the client's timeout. Check the network path, or raise the timeout.");
                case HttpRequestException or IOException or System.Net.Sockets.SocketException:
                    return (SecretErrorCode.Unavailable, null, "The service could not be reached, or the connection broke. Check endpoint and network.");
                case JsonException or FormatException:
                    return (SecretErrorCode.Unavailable, "wrong-answer", "The answer is not Google Secret Manager's. Check the endpoint, and what stands between (a proxy's page?).");
            }
        }

        return (SecretErrorCode.Unknown, null, "The SDK failed; the inner exception names its type.");
    }
}
