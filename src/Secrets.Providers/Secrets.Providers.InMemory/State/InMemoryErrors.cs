namespace Secrets;

/// <summary>The store's own errors: one place for their words, so that each says operation, address, store and next step.</summary>
internal sealed class InMemoryErrors(string storeName)
{
    internal SecretException NotFound(SecretAddress address, string operation) => Error(
        SecretErrorCode.NotFound, address, $"Cannot {operation} {address}: the store '{storeName}' has no such secret. List the store's secrets to see what it has.");

    internal SecretException NoSuchVersion(SecretAddress address, SecretVersion version, string? reason = null) => Error(
        SecretErrorCode.NotFound, address, $"The store '{storeName}' has no values for version {version} of {address}. List its versions to see which ones are left.", reason ?? "version");

    internal SecretException AlreadyExists(SecretAddress address) => Error(
        SecretErrorCode.AlreadyExists, address, $"Cannot write {address}: it is already in the store '{storeName}'. Update it, delete it first, or choose another name.");

    internal SecretException NotAtVersion(SecretAddress address, SecretVersion expected, SecretVersion? actual) => Error(
        SecretErrorCode.Conflict,
        address,
        $"Cannot change {address} in the store '{storeName}': expected at version {expected}, {(actual is { } at ? $"it is at version {at}" : "it is not there")}. Read it again and repeat the change.",
        "version");

    internal SecretException NameTaken(SecretAddress address, bool ifAbsent) => Error(
        ifAbsent ? SecretErrorCode.AlreadyExists : SecretErrorCode.Conflict,
        address,
        $"Cannot write {address}: it was deleted, and the store '{storeName}' keeps its name until it is recovered or purged. Recover it or purge it first.",
        "deleted");

    internal SecretException Invalid(SecretAddress address, string reason, string what) => Error(
        SecretErrorCode.InvalidArgument, address, $"The store '{storeName}' cannot take {address}: {what}", reason);

    internal SecretException Denied(SecretAddress address) => Error(
        SecretErrorCode.Denied, address, $"The credential of the store '{storeName}' may not read {address}. Grant it the right to read values.");

    internal SecretException Disabled(SecretAddress address, SecretVersion version) => Error(
        SecretErrorCode.Denied, address, $"Version {version} of {address} is switched off in the store '{storeName}'. Switch it on there, or read another version.", "disabled");

    internal SecretException BadToken() => new(
        SecretErrorCode.InvalidArgument, $"The continuation token does not belong to this listing of the store '{storeName}'. Start again without one.")
    {
        StoreName = storeName,
        Reason = "continuation-token",
    };

    internal SecretException BadPageSize(int size, int max) => new(
        SecretErrorCode.InvalidArgument, $"The store '{storeName}' cannot list pages of {size}. Ask for 1 to {max} at a time.")
    {
        StoreName = storeName,
        Reason = "page-size",
    };

    private SecretException Error(SecretErrorCode code, SecretAddress address, string message, string? reason = null) => new(code, message)
    {
        StoreName = storeName,
        Address = address,
        Reason = reason,
    };
}
