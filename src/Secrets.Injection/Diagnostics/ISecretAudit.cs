namespace Secrets;

/// <summary>
/// Receives the audit trail: every write and deletion, every refusal, and every read that made an answer anew. A warm read is not reported:
/// the trail has the first one of each principal and lookup per freshness.
/// </summary>
/// <remarks>
/// Called on the thread of the operation, from any thread at once; be quick. What it throws is logged and does not fail the operation.
/// </remarks>
public interface ISecretAudit
{
    /// <summary>Takes one event.</summary>
    /// <param name="auditEvent">The event.</param>
    void Record(SecretAuditEvent auditEvent);
}
