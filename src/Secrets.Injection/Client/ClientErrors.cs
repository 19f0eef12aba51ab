using System.Globalization;

namespace Secrets;

/// <summary>The client's error text, in one place: operation, address, store, cause, next step.</summary>
internal static class ClientErrors
{
    internal static SecretException NotFound(string operation, SecretLookup lookup, SecretsView view, string storeName) => new(
        SecretErrorCode.NotFound,
        $"Cannot {operation} the secret {lookup}: {view.Principal} sees none of that name in {view.Scopes} of the store '{storeName}'. "
            + "Check name, scope and principal, or create it ('secrets create').")
    {
        StoreName = storeName,
    };

    internal static SecretException NoSuchVersion(string operation, SecretAddress address, SecretVersion version, string storeName) => new(
        SecretErrorCode.NotFound,
        $"Cannot {operation} the secret {address}: the store '{storeName}' has no version '{version}' of it. List its versions for those that are kept.")
    {
        StoreName = storeName,
        Address = address,
        Reason = "version",
    };

    internal static SecretException Expired(string operation, SecretAddress address, DateTimeOffset expiresOn, string storeName) => new(
        SecretErrorCode.Denied,
        string.Create(CultureInfo.InvariantCulture, $"Cannot {operation} the secret {address} of the store '{storeName}': it expired on {expiresOn:u}. Write a new value with a later expiry, or delete it."))
    {
        StoreName = storeName,
        Address = address,
        Reason = "expired",
    };

    /// <summary>A candidate that the store refused or failed on, or any call to the store that failed.</summary>
    internal static SecretException Store(string operation, SecretAddress? address, SecretReadStatus status, SecretException? cause, string storeName)
    {
        SecretErrorCode code = status switch
        {
            SecretReadStatus.Denied or SecretReadStatus.MissingOrDenied => SecretErrorCode.Denied,
            _ => cause?.Code ?? SecretErrorCode.Unknown,
        };
        string what = status == SecretReadStatus.MissingOrDenied
            ? "the store does not say whether it is missing or denied."
            : cause?.Message ?? "the store gave no cause.";
        return new SecretException(code, $"Cannot {operation} {Subject(address)} the store '{cause?.StoreName ?? storeName}': {what}{NextStep(code, status)}", cause)
        {
            StoreName = cause?.StoreName ?? storeName,
            Address = address ?? cause?.Address,
            RetryAfter = cause?.RetryAfter,
            Reason = status == SecretReadStatus.MissingOrDenied ? "missing-or-denied" : cause?.Reason,
        };
    }

    internal static SecretException Store(string operation, SecretAddress? address, SecretException cause, string storeName) =>
        Store(operation, address, cause.Code == SecretErrorCode.Denied ? SecretReadStatus.Denied : SecretReadStatus.Failed, cause, storeName);

    internal static SecretException Refused(SecretAction action, SecretAddress address, SecretPrincipal principal, SecretDecision decision) => new(
        SecretErrorCode.Denied,
        $"{principal} may not {Verb(action)} the secret {address}. {decision.Reason}")
    {
        Address = address,
        Reason = "policy",
    };

    internal static SecretException Taken(string operation, SecretAddress address, string storeName) => new(
        SecretErrorCode.AlreadyExists,
        $"Cannot {operation} the secret {address}: the store '{storeName}' has one there already. Update that one, delete it first, or choose another name.")
    {
        StoreName = storeName,
        Address = address,
    };

    internal static SecretException Conflict(string operation, SecretAddress address, string why, string storeName, Exception? cause = null) => new(
        SecretErrorCode.Conflict,
        $"Cannot {operation} the secret {address} in the store '{storeName}': {why} Read it again and repeat the change.",
        cause)
    {
        StoreName = storeName,
        Address = address,
    };

    internal static SecretException Invalid(string reason, string message, SecretAddress? address = null) =>
        new(SecretErrorCode.InvalidArgument, message) { Reason = reason, Address = address };

    internal static SecretException KeyNotFound(SecretAddress address, string key, IEnumerable<string> keys) => new(
        SecretErrorCode.KeyNotFound,
        $"Cannot remove the key '{key}' of the secret {address}: it has no such key. Its keys are: {string.Join(", ", keys)}.")
    {
        Address = address,
    };

    private static string Subject(SecretAddress? address) => address is { } known ? $"the secret {known} in" : "secrets in";

    private static string Verb(SecretAction action) => action switch
    {
        SecretAction.Reveal => "be shown",
        SecretAction.Create => "create",
        SecretAction.Update => "change",
        SecretAction.Delete => "delete",
        SecretAction.Administer => "administer",
        _ => "use",
    };

    private static string NextStep(SecretErrorCode code, SecretReadStatus status) => (code, status) switch
    {
        (_, SecretReadStatus.MissingOrDenied) => " Create it, give the store's credential the right to read it, or let denied candidates be skipped (SkipDeniedCandidates).",
        (SecretErrorCode.Denied, _) => " Give the store's credential the right to do this.",
        (SecretErrorCode.Unauthenticated, _) => " Check the store's credential or key.",
        (SecretErrorCode.Throttled, _) => " Try again later, or ask less often.",
        (SecretErrorCode.Unavailable or SecretErrorCode.TimedOut, _) => " Check that the store can be reached, and try again.",
        (SecretErrorCode.Corrupted, _) => " Verify the store before anything is written to it.",
        _ => "",
    };
}
