using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>The audit trail as log lines: reads at Debug, everything else at Information.</summary>
internal sealed partial class LoggingAudit(ILogger log) : ISecretAudit
{
    public void Record(SecretAuditEvent auditEvent)
    {
        LogLevel level = auditEvent is { Action: SecretAuditAction.Read, Error: null } ? LogLevel.Debug : LogLevel.Information;
        if (!log.IsEnabled(level)) return;
        Write(log, level, auditEvent.Action, auditEvent.Principal.Id ?? "(no user)", auditEvent.Address?.ToString() ?? auditEvent.Lookup.ToString(), auditEvent.Version?.Value, auditEvent.Error?.ToString() ?? "done", auditEvent.IsDegraded);
    }

    [LoggerMessage(EventId = 1100, Message = "{Action} by {Principal}: {Secret}, version {Version}: {Outcome}, degraded {IsDegraded}")]
    private static partial void Write(ILogger log, LogLevel level, SecretAuditAction action, string principal, string secret, string? version, string outcome, bool isDegraded);
}
