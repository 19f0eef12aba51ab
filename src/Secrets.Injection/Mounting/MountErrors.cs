namespace Secrets;

/// <summary>Turns what the file system says into coded errors that tell what to do next.</summary>
internal static class MountErrors
{
    private const int Io = 5;
    private const int TooManyOpen = 23;
    private const int TooManyOpenHere = 24;
    private const int NoSpace = 28;
    private const int ReadOnlyMedium = 30;
    private const int QuotaExceeded = 122;
    private const int QuotaExceededOnMac = 69;

    internal static bool IsFileFailure(Exception failure) => failure is IOException or UnauthorizedAccessException;

    /// <summary>The error for a failed call.</summary>
    /// <param name="failure">What the call threw.</param>
    /// <param name="path">Where the mount is.</param>
    /// <param name="outcome">What became of the files.</param>
    /// <param name="refused">What could not be done with the secrets there.</param>
    internal static SecretException From(Exception failure, string path, string outcome, string refused = "mounted at")
    {
        (SecretErrorCode code, string reason, string next) = failure is UnauthorizedAccessException
            ? (SecretErrorCode.Denied, "access-denied", "Check owner and mode of the directory and of those above it, or take another directory.")
            : failure.HResult switch
            {
                NoSpace or QuotaExceeded or QuotaExceededOnMac => (SecretErrorCode.Unavailable, "disk-full", "Free space there, or take another directory."),
                ReadOnlyMedium => (SecretErrorCode.Denied, "read-only", "Take another file system; $XDG_RUNTIME_DIR or /dev/shm are in memory."),
                TooManyOpen or TooManyOpenHere => (SecretErrorCode.Unavailable, "too-many-open-files", "Raise the limit (ulimit -n), or close some."),
                Io => (SecretErrorCode.Unavailable, "io-error", "Check the medium, or take another directory."),
                _ => (SecretErrorCode.Unavailable, "mount-io", "Mend that, or take another directory."),
            };
        return new SecretException(code, $"The secrets cannot be {refused} '{path}': {failure.Message} {outcome} {next}", failure) { Reason = reason };
    }
}
