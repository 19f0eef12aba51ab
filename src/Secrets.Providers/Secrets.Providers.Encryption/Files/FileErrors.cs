namespace Secrets;

/// <summary>Turns what the file system says into coded errors that tell what to do next.</summary>
internal static class FileErrors
{
    private const int Io = 5;
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int TooManyOpenHere = 24;
    private const int TooManyOpen = 23;
    private const int NoSpace = 28;
    private const int ReadOnlyMedium = 30;
    private const int QuotaExceeded = 122;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private const int WindowsLockViolation = unchecked((int)0x80070021);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);

    internal static bool IsFileFailure(Exception failure) => failure is IOException or UnauthorizedAccessException;

    internal static bool IsSharingViolation(IOException failure) =>
        failure.HResult is WouldBlock or WouldBlockOnMac or WindowsSharingViolation or WindowsLockViolation;

    internal static bool IsReadOnly(Exception failure) =>
        failure is UnauthorizedAccessException || failure.HResult is ReadOnlyMedium or WindowsWriteProtected;

    internal static SecretException From(Exception failure, string operation, string path, string storeName)
    {
        (SecretErrorCode code, string reason, string next) = Classify(failure, path);
        return new SecretException(code, $"{operation} failed in the store '{storeName}': {next}", failure) { Reason = reason, StoreName = storeName };
    }

    private static (SecretErrorCode Code, string Reason, string Next) Classify(Exception failure, string path) => failure switch
    {
        PathIsLinkException link => (SecretErrorCode.InvalidArgument, "path-is-link", $"{link.Message} Give the path of the file itself."),
        LockUnsupportedException => (SecretErrorCode.Unsupported, "lock-unsupported", $"the file system of '{path}' has no locks (flock), and without them two processes could overwrite each other's writes. Reading works; to write, move the store to a local disk or to a mount with locks."),
        FileNotFoundException => (SecretErrorCode.Unavailable, "file-missing", $"there is no file '{path}'. Create the store first (secrets init), or correct the path."),
        DirectoryNotFoundException => (SecretErrorCode.Unavailable, "directory-missing", $"the directory of '{path}' is not there. Create it, or correct the path."),
        UnauthorizedAccessException when Directory.Exists(path) => (SecretErrorCode.InvalidArgument, "path-is-directory", $"'{path}' is a directory. Give the path of a file in it."),
        UnauthorizedAccessException => (SecretErrorCode.Denied, "access-denied", $"this process may not open or change '{path}'. Check owner and mode of the file and its directory."),
        _ => ClassifyNumber(failure.HResult, path),
    };

    private static (SecretErrorCode Code, string Reason, string Next) ClassifyNumber(int number, string path) => number switch
    {
        NoSpace or QuotaExceeded or WindowsDiskFull => (SecretErrorCode.Unavailable, "disk-full", $"no space is left for '{path}'. Nothing was changed. Free space, or compact the store."),
        ReadOnlyMedium or WindowsWriteProtected => (SecretErrorCode.Denied, "read-only", $"'{path}' is on a read-only medium. Reading works; move the store to write."),
        TooManyOpen or TooManyOpenHere => (SecretErrorCode.Unavailable, "too-many-open-files", $"too many files are open to open '{path}'. Raise the limit (ulimit -n), or close some."),
        Io => (SecretErrorCode.Unavailable, "io-error", $"the medium of '{path}' reports an I/O error. Check it, and keep a copy of the file before anything else."),
        _ => (SecretErrorCode.Unavailable, "io", $"the file system refused to work on '{path}'; the inner exception says why."),
    };
}
