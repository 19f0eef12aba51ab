using System.Globalization;
using System.Net;
using Amazon.Runtime;
using static Secrets.AwsMessages;

namespace Secrets;

/// <summary>The service's and the SDK's faults, in this library's words.</summary>
/// <remarks>
/// What the vendor said is kept inside only as far as it cannot hold a value: not for calls that sent one, and never an exception that
/// carries a body.
/// </remarks>
internal sealed class AwsErrors(string storeName) : NativeErrors(storeName, "AWS Secrets Manager", "region and endpoint")
{
    public const string Deleted = "deleted";

    /// <param name="fault">What was thrown.</param>
    /// <param name="doing">For people: "read", "write".</param>
    /// <param name="action">The permission it needs, as in "GetSecretValue"; with its service where that is another: "kms:Decrypt".</param>
    /// <param name="address">The secret, if one.</param>
    /// <param name="sentValues">Whether the call carried values that the service could have echoed.</param>
    public SecretException From(Exception fault, string doing, string action, SecretAddress? address, bool sentValues = false)
    {
        if (fault is SecretException known)
            return known;
        for (Exception? e = fault; e is not null; e = e.InnerException)
        {
            // What cannot be read has the status of an answer and is none: a body that broke off comes with 200.
            if (e is AmazonServiceException answer and not AmazonUnmarshallingException && (answer.ErrorCode is { Length: > 0 } || answer.StatusCode != 0))
                return OfService(answer, doing, action, address, sentValues);
        }

        (SecretErrorCode code, string? reason, string next) = OfClient(fault);
        return Make(code, reason, doing, address, next, new AmazonClientException(fault.GetType().Name), null);
    }

    /// <summary>The error of one entry of a batch, which comes as text.</summary>
    public SecretException FromEntry(BatchEntryError error, SecretAddress address) =>
        OfService(new AmazonServiceException(error.Message ?? "", ErrorType.Sender, error.ErrorCode, "", HttpStatusCode.BadRequest), "read", "GetSecretValue", address, sentValues: false);

    /// <summary>A fault of a KMS key, which is no secret and no store.</summary>
    public SecretException FromKey(Exception fault, string doing, string action, string keyId)
    {
        SecretException known = From(fault, doing, action, null);
        string next = known.Code == SecretErrorCode.NotFound ? "There is no such key in this account and region." : known.Message[(known.Message.IndexOf("'. ", StringComparison.Ordinal) + 3)..];
        return new SecretException(known.Code, $"Could not {doing} with the KMS key '{keyId}'. {next}", known.InnerException) { Reason = known.Reason ?? "kms-key", RetryAfter = known.RetryAfter };
    }

    // Under per-secret policies the service says "access denied" of a name that does not exist, too. Only an explicit deny tells them apart.
    protected override bool MayBeMissing(SecretException denied) => denied.Reason != "explicit-deny";

    protected override (SecretErrorCode Code, string? Reason, string Next)? OfVendor(Exception fault) =>
        fault is AmazonUnmarshallingException or SecretException ? WrongAnswer() : null;

    // The SDK says what is missing in words only.
    protected override (SecretErrorCode Code, string? Reason, string Next)? OfWhole(Exception fault)
    {
        bool Says(string word) => fault.Message.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Says("RegionEndpoint") ? (SecretErrorCode.InvalidArgument, "no-region", "No region is configured. Set Region, AWS_REGION, or the profile's region.")
            : fault is AmazonClientException && (Says("credential") || Says("token")) ? (SecretErrorCode.Unauthenticated, "no-credentials", "No AWS credential was found, or it could not be had. Set a profile, the AWS_* variables, or a role; for single sign-on, sign in.")
            : null;
    }

    private SecretException OfService(AmazonServiceException fault, string doing, string action, SecretAddress? address, bool sentValues)
    {
        (SecretErrorCode code, string? reason, string next) = Classify(fault, action);
        AmazonServiceException inner = new(
            sentValues ? "(withheld: the call carried values)" : fault.Message, fault.ErrorType, fault.ErrorCode, fault.RequestId, fault.StatusCode);
        return Make(code, reason, doing, address, next, inner, (fault as AwsFault)?.RetryAfter);
    }

    private static (SecretErrorCode Code, string? Reason, string Next) Classify(AmazonServiceException fault, string action)
    {
        string message = fault.Message ?? "";
        string permission = action.Contains(':', StringComparison.Ordinal) ? action : "secretsmanager:" + action;
        // Some services' faults carry a namespace or a suffix: "aws.x#ThrottlingException", "ExpiredToken".
        string name = fault.ErrorCode ?? "";
        name = name[(name.LastIndexOf('#') + 1)..];
        if (name.EndsWith("Exception", StringComparison.Ordinal))
            name = name[..^"Exception".Length];
        switch (name)
        {
            case "ResourceNotFound" or "NotFound":
                return (SecretErrorCode.NotFound, null, "There is no such secret, or no such version, in this account and region.");
            case "ResourceExists":
                return (SecretErrorCode.AlreadyExists, null, "There is one already. Update it, or choose another name.");
            case "AccessDenied":
                return (SecretErrorCode.Denied, message.Contains("explicit deny", StringComparison.Ordinal) ? "explicit-deny" : null,
                    $"The credential may not (or the secret does not exist, which AWS does not tell apart). Allow {permission} on it, and kms:Decrypt or kms:GenerateDataKey on its key if that is not the account's own.");
            case "InvalidRequest" when IsDeleted(message):
                return (SecretErrorCode.NotFound, Deleted, "It is scheduled for deletion. Recover it, or purge it to use the name again.");
            case "InvalidRequest" when message.Contains("replica secret", StringComparison.Ordinal):
                return (SecretErrorCode.InvalidArgument, "replica", "It is a replica, which can be read only. Write to the store of its primary region.");
            case "InvalidNextToken":
                return (SecretErrorCode.InvalidArgument, "continuation-token", "The continuation token is of another listing, or too old. Start again from the first page.");
            case "PreconditionNotMet":
                return (SecretErrorCode.Conflict, null, "Somebody else changed it in between. Read it again.");
            case "LimitExceeded":
                return (SecretErrorCode.InvalidArgument, "quota", "It would go over a quota of AWS Secrets Manager (versions, labels, or secrets of the account).");
            case "EncryptionFailure" or "DecryptionFailure" or "Disabled" or "KMSInvalidState" or "KeyUnavailable" or "InvalidKeyUsage":
                return (SecretErrorCode.Denied, "kms-key", "Its KMS key cannot be used: see that the key exists, is enabled, and allows this credential.");
            case "ExpiredToken" or "RequestExpired":
                return (SecretErrorCode.Unauthenticated, "expired-credential", "The credential has ended. Sign in again, or give one that renews itself.");
            case "UnrecognizedClient" or "InvalidClientTokenId" or "InvalidSignature" or "SignatureDoesNotMatch" or "MissingAuthenticationToken" or "IncompleteSignature" or "AuthFailure":
                return (SecretErrorCode.Unauthenticated, "wrong-credential", "AWS does not know this credential, or it was signed for another region. Check the access key, its secret, and the region.");
            case "Throttling" or "TooManyRequests" or "RequestLimitExceeded" or "ThrottledException" or "SlowDown":
                return (SecretErrorCode.Throttled, null, "AWS asks for fewer calls. Try again later, with fewer at once.");
            case "InvalidParameter" or "InvalidRequest" or "Validation":
                return (SecretErrorCode.InvalidArgument, null, "AWS refused the request as it stands; the inner exception has its words.");
        }

        int status = (int)fault.StatusCode;
        return status switch
        {
            429 => (SecretErrorCode.Throttled, null, "AWS asks for fewer calls. Try again later, with fewer at once."),
            408 => (SecretErrorCode.TimedOut, null, "AWS did not get the request in time. Try again."),
            401 => (SecretErrorCode.Unauthenticated, "wrong-credential", "AWS does not know this credential."),
            403 => (SecretErrorCode.Denied, null, $"The credential may not. Allow {permission}."),
            >= 500 => (SecretErrorCode.Unavailable, null, string.Create(CultureInfo.InvariantCulture, $"AWS answered {status}. Try again later.")),
            _ => (SecretErrorCode.Unknown, null, string.Create(CultureInfo.InvariantCulture, $"AWS answered {status} {fault.ErrorCode}.")),
        };
    }

    private static bool IsDeleted(string message) =>
        message.Contains("marked for deletion", StringComparison.Ordinal)
        || message.Contains("marked deleted", StringComparison.Ordinal)
        || message.Contains("scheduled for deletion", StringComparison.Ordinal);
}
