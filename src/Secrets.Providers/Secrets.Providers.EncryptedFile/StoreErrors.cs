namespace Secrets;

/// <summary>The errors of this store that are not the file system's.</summary>
internal static class StoreErrors
{
    internal const string NotOverwrittenReason = "not-overwritten";

    internal static SecretException WrongFile(string path, string storeName) => new(
        SecretErrorCode.InvalidArgument,
        $"'{path}' is not a secrets store: it does not begin as one. Correct the path; the file was not touched.")
    {
        Reason = "wrong-file",
        StoreName = storeName,
    };

    internal static SecretException TruncatedHeader(string path, string storeName) => new(
        SecretErrorCode.Corrupted,
        $"'{path}' is empty or ends inside its header, so it is not a whole store. Restore it from a backup; if it was just being created, delete it and create it again.")
    {
        Reason = "truncated-header",
        StoreName = storeName,
    };

    internal static SecretException NewerFormat(string path, int version, string storeName) => new(
        SecretErrorCode.Unsupported,
        $"'{path}' has format version {version}; this release knows version {StoreHeader.FormatVersion}. Use a newer release; the file was not touched.")
    {
        Reason = "newer-format",
        StoreName = storeName,
    };

    internal static SecretException Tampered(string what, string path, string storeName) => new(
        SecretErrorCode.Corrupted,
        $"'{path}' does not verify: {what} was damaged or changed by somebody without the key. Nothing of it is used. Keep the file for inspection and restore a backup.")
    {
        Reason = "tampered",
        StoreName = storeName,
    };

    internal static SecretException Unreadable(string path, ulong sequence, string storeName, Exception inner) => new(
        SecretErrorCode.Corrupted,
        $"Commit {sequence} of '{path}' is this store's own, and this release cannot read it. Use the release that wrote it, or a newer one.",
        inner)
    {
        Reason = "unreadable-commit",
        StoreName = storeName,
    };

    internal static SecretException OtherStore(string path, string storeName) => new(
        SecretErrorCode.Corrupted,
        $"Another store was put in the place of '{path}' while it was open. Nothing of it is used. Put the right file back, or open the store anew.")
    {
        Reason = "other-store",
        StoreName = storeName,
    };

    internal static SecretException ReadOnly(string path, string storeName) => new(
        SecretErrorCode.Denied,
        $"The store '{storeName}' is open for reading only: '{path}' cannot be written here. Reading works; move the store, or mend owner and mode, to write.")
    {
        Reason = "read-only",
        StoreName = storeName,
    };

    internal static SecretException Locked(string path, TimeSpan waited, string storeName) => new(
        SecretErrorCode.Unavailable,
        $"Another process has held the lock of '{path}' for {waited.TotalSeconds:0.#} s. It is released when that process ends or goes on; try again.")
    {
        Reason = "locked",
        StoreName = storeName,
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    internal static SecretException AlreadyExists(string path, string storeName) => new(
        SecretErrorCode.AlreadyExists,
        $"'{path}' exists already; a store is never created over it. Open it, or choose another path.")
    {
        Reason = "already-exists",
        StoreName = storeName,
    };

    internal static SecretException BadRetention(EncryptedFileRetention asked, string storeName) => new(
        SecretErrorCode.InvalidArgument,
        $"The store '{storeName}' cannot keep {asked.MaxVersions} versions for {asked.MaxVersionAge?.ToString() ?? "ever"}. Keep 2 versions or more, for longer than no time or without a limit.")
    {
        Reason = "retention",
        StoreName = storeName,
    };

    internal static SecretException NoSuchSlot(Guid id, string storeName) => new(
        SecretErrorCode.NotFound, $"The store '{storeName}' has no unlock slot {id}. List its slots to see which ones there are.")
    {
        Reason = "slot",
        StoreName = storeName,
    };

    internal static SecretException LastSlot(string storeName) => new(
        SecretErrorCode.InvalidArgument, $"That is the only unlock slot of the store '{storeName}': without it nobody could open it again. Add another one first, or replace it.")
    {
        Reason = "last-slot",
        StoreName = storeName,
    };

    internal static SecretException NotOverwritten(string path, string storeName, Exception inner) => new(
        SecretErrorCode.Unavailable,
        $"What was to be deleted for good is out of force in the store '{storeName}', and what opened it could not be overwritten in '{path}' yet: the file "
        + "system refused. It is tried again at the next change and the next open; check the medium, or compact the store.",
        inner)
    {
        Reason = NotOverwrittenReason,
        StoreName = storeName,
    };

    internal static SecretException RolledBack(string path, ulong sequence, ulong anchored, string storeName) => new(
        SecretErrorCode.Corrupted,
        $"'{path}' was rolled back: it ends at commit {sequence}, and this machine has seen commit {anchored}. Put the newer file back; if the older one is meant "
        + "(a restored backup), accept it once (secrets store accept-rollback, or RollbackPolicy.AcceptOnce).")
    {
        Reason = "rollback",
        StoreName = storeName,
    };

    internal static SecretException Forked(string path, ulong anchored, string storeName) => new(
        SecretErrorCode.Corrupted,
        $"'{path}' is a fork: its history differs from what this machine has seen, up to commit {anchored} at the latest. Two copies of the store were written "
        + "apart. Put the right one back, or accept this one once, as for a rollback.")
    {
        Reason = "fork",
        StoreName = storeName,
    };

    internal static SecretException AnchorInvalid(string path, string storeName) => new(
        SecretErrorCode.Corrupted,
        $"What this machine remembers of '{path}' was not made with the store's key: it was damaged, or changed by somebody without the key. It says nothing, so a "
        + "rollback from before now would not be noticed; from now on it is remembered anew. Compare the store with a backup, and see who can write the anchor.")
    {
        Reason = "anchor-invalid",
        StoreName = storeName,
    };

    internal static SecretException AnchorTooOld(string path, ulong anchored, string storeName) => new(
        SecretErrorCode.Stale,
        $"What this machine remembers of '{path}' is commit {anchored}, which is further back than the compacted file itself remembers: it was written elsewhere since, and "
        + "whether it is a fork cannot be told any more. If only this machine writes it, compare it with a backup.")
    {
        Reason = "anchor-too-old",
        StoreName = storeName,
    };

    internal static SecretException ChangedWhileCompacted(string path, string storeName, Exception inner) => new(
        SecretErrorCode.Unavailable,
        $"'{path}' was not compacted: another process took back a commit that its medium refused, while it was copied. The store is as it was; compact it again.",
        inner)
    {
        Reason = "changed-while-compacted",
        StoreName = storeName,
    };

    internal static SecretException CompactionFailed(string path, string storeName, Exception inner) => new(
        SecretErrorCode.Unknown,
        $"'{path}' could not be compacted, for a reason that is a defect of this library; the inner exception says it. The store is as it was, and goes on to be used.",
        inner)
    {
        Reason = "compaction",
        StoreName = storeName,
    };

    internal static SecretException NotFound(SecretAddress address, string operation, string storeName) => About(
        SecretErrorCode.NotFound, address, storeName, $"Cannot {operation} {address}: the store '{storeName}' has no such secret. List the store's secrets to see what it has.");

    internal static SecretException NoSuchVersion(SecretAddress address, SecretVersion version, string storeName, string reason = "version") => About(
        SecretErrorCode.NotFound, address, storeName, $"The store '{storeName}' has no values for version {version} of {address}. List its versions to see which ones are left.", reason);

    internal static SecretException AddressTaken(SecretAddress address, string storeName) => About(
        SecretErrorCode.AlreadyExists, address, storeName, $"Cannot write {address}: it is already in the store '{storeName}'. Update it, delete it first, or choose another name.");

    internal static SecretException NotAtVersion(SecretAddress address, SecretVersion expected, SecretVersion? actual, string storeName) => About(
        SecretErrorCode.Conflict,
        address,
        storeName,
        $"Cannot change {address} in the store '{storeName}': expected at version {expected}, {(actual is { } at ? $"it is at version {at}" : "it is not there")}. Read it again and repeat the change.",
        "version");

    internal static SecretException Invalid(SecretAddress address, string reason, string what, string storeName) => About(
        SecretErrorCode.InvalidArgument, address, storeName, $"The store '{storeName}' cannot take {address}: {what}", reason);

    internal static SecretException TamperedValue(SecretAddress address, SecretVersion version, string storeName) => About(
        SecretErrorCode.Corrupted,
        address,
        storeName,
        $"Version {version} of {address} does not verify: its record was damaged or changed by somebody without the key. Keep the file for inspection and restore a backup.",
        "tampered");

    internal static SecretException BadToken(string storeName) => new(
        SecretErrorCode.InvalidArgument, $"The continuation token does not belong to this listing of the store '{storeName}'. Start again without one.")
    {
        Reason = "continuation-token",
        StoreName = storeName,
    };

    internal static SecretException BadPageSize(int size, string storeName) => new(
        SecretErrorCode.InvalidArgument, $"The store '{storeName}' cannot list pages of {size}. Ask for 1 to {StoreListings.MaxPageSize} at a time.")
    {
        Reason = "page-size",
        StoreName = storeName,
    };

    private static SecretException About(SecretErrorCode code, SecretAddress address, string storeName, string message, string? reason = null) => new(code, message)
    {
        StoreName = storeName,
        Address = address,
        Reason = reason,
    };
}
