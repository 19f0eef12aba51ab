using System.Diagnostics;

namespace Secrets;

/// <summary>The names under which the client is observed. What each instrument and span holds is in <c>docs/observability.md</c>.</summary>
public static class SecretsDiagnostics
{
    /// <summary>The activity source: <c>tracing.AddSource("Secrets")</c>.</summary>
    public const string ActivitySourceName = "Secrets";

    /// <summary>The meter: <c>metrics.AddMeter("Secrets")</c>.</summary>
    public const string MeterName = "Secrets";

    /// <summary>The logging category of the audit trail.</summary>
    public const string AuditCategory = "Secrets.Audit";

    internal const string FetchActivity = "secrets.fetch";

    internal static ActivitySource Activities { get; } = new(ActivitySourceName);
}
