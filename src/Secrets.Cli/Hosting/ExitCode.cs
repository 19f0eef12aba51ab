namespace Secrets.Cli.Hosting;

/// <summary>What the tool ends with. The numbers are documented and stay; <c>run</c> ends as its child does.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NotFound = 3;
    public const int Denied = 4;
    public const int Invalid = 5;
    public const int Unavailable = 6;
    public const int Conflict = 7;

    /// <summary>What a shell gives for a program that SIGINT ended.</summary>
    public const int Interrupted = 130;

    public static int Of(SecretErrorCode code) => code switch
    {
        SecretErrorCode.NotFound or SecretErrorCode.KeyNotFound => NotFound,
        SecretErrorCode.Denied or SecretErrorCode.Unauthenticated => Denied,
        SecretErrorCode.ValidationFailed => Invalid,
        SecretErrorCode.Unavailable or SecretErrorCode.TimedOut or SecretErrorCode.Throttled or SecretErrorCode.Stale => Unavailable,
        SecretErrorCode.Conflict or SecretErrorCode.AlreadyExists => Conflict,
        SecretErrorCode.InvalidArgument or SecretErrorCode.MalformedReference or SecretErrorCode.Ambiguous => Usage,
        _ => Failed,
    };
}
