using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>What the client logs: names and causes, never a value, and nothing that is also thrown.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(1001, LogLevel.Error, "A move of a secret failed half-way, and its copy at {Address} in the store '{Store}' could not be taken back. Delete one of the two.")]
    internal static partial void CopyLeftBehind(ILogger log, Exception error, string address, string store);

    [LoggerMessage(1002, LogLevel.Error, "A follower of the secret {Name} failed with {Error}; the others were told.")]
    internal static partial void FollowerFailed(ILogger log, string error, string name);

    [LoggerMessage(1003, LogLevel.Error, "The audit receiver {Receiver} failed.")]
    internal static partial void AuditFailed(ILogger log, Exception error, string receiver);

    [LoggerMessage(1004, LogLevel.Warning, "The offline copy could not {Operation}: {Code} {Reason}. Reads go on without it.")]
    internal static partial void OfflineFailed(ILogger log, string operation, SecretErrorCode code, string? reason);

    [LoggerMessage(1005, LogLevel.Warning, "The store {Store} stopped telling of changes: {Code}. What is in memory is asked for again, and the watch starts anew.")]
    internal static partial void WatchEnded(ILogger log, string store, SecretErrorCode code);

    [LoggerMessage(1006, LogLevel.Error, "The mirror {Mirror} did not take a write that the store {Store} has: {Code}. The two differ until the secret is written again or restored.")]
    internal static partial void MirrorBehind(ILogger log, string mirror, string store, SecretErrorCode code);

    [LoggerMessage(1007, LogLevel.Error, "A background refresh of secrets failed.")]
    internal static partial void RefreshFailed(ILogger log, Exception error);

    [LoggerMessage(1008, LogLevel.Error, "A policy failed; what it was asked about is refused.")]
    internal static partial void PolicyFailed(ILogger log, Exception error);

    [LoggerMessage(1009, LogLevel.Error, "FreshnessOf failed with {Error}; the general freshness applies.")]
    internal static partial void FreshnessFailed(ILogger log, string error);

    [LoggerMessage(1010, LogLevel.Error, "Rolling back a rotation of {Address} failed with {Error}. Its pending version is left; the next rotation takes it up.")]
    internal static partial void RollBackFailed(ILogger log, string error, string address);
}
