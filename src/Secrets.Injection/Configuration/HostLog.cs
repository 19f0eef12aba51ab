using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>What configuration logs about secrets: keys, names and causes, never a value, and nothing that is also thrown.</summary>
internal static partial class HostLog
{
    internal const string Category = "Secrets.Configuration";

    /// <summary>Logs when a key begins or ceases to be served from an older value, or to fail. Once each, not at every try.</summary>
    internal static void Transition(ILogger log, string key, SecretException? failure, SecretException? before, bool hasValue)
    {
        if (failure is not null && failure.Code != before?.Code)
        {
            if (hasValue) Kept(log, key, failure.Code, failure.Message);
            else Unresolved(log, key, failure.Code, failure.Message);
        }
        else if (failure is null && before is not null)
        {
            Recovered(log, key);
        }
    }

    [LoggerMessage(5001, LogLevel.Error, "The configuration key '{Key}' has no value, for its references do not resolve ({Code}): {Cause}")]
    private static partial void Unresolved(ILogger log, string key, SecretErrorCode code, string cause);

    [LoggerMessage(5002, LogLevel.Warning, "The configuration key '{Key}' keeps its last good value ({Code}): {Cause}")]
    private static partial void Kept(ILogger log, string key, SecretErrorCode code, string cause);

    [LoggerMessage(5003, LogLevel.Information, "The configuration key '{Key}' resolves again.")]
    private static partial void Recovered(ILogger log, string key);

    /// <summary>Of a foreign exception only its type: the binder, for one, puts the value that it could not convert into its message.</summary>
    internal static void RefreshFailed(ILogger log, Exception error) =>
        RefreshFailed(log, error is SecretException ? error.Message : error.GetType().Name);

    [LoggerMessage(5004, LogLevel.Error, "Renewing the secrets in configuration failed; the next change tries again: {Cause}")]
    private static partial void RefreshFailed(ILogger log, string cause);

    [LoggerMessage(5005, LogLevel.Information, "All {Count} secret references in configuration are fine ({Level}).")]
    internal static partial void Validated(ILogger log, int count, string level);

    [LoggerMessage(5006, LogLevel.Warning, "The options {Options} keep their last good secret: {Cause}")]
    internal static partial void OptionsKept(ILogger log, string options, string cause);
}
