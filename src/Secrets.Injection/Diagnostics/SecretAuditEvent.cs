namespace Secrets;

/// <summary>One line of the audit trail: who did what to which secret, and how it ended. Never a value.</summary>
/// <param name="Action">What was done.</param>
/// <param name="Principal">By whom.</param>
/// <param name="Lookup">What was asked for.</param>
/// <param name="Address">The secret it came to; null if none was found.</param>
/// <param name="Error">How it failed; null if it did not.</param>
/// <param name="On">When.</param>
public sealed record SecretAuditEvent(
    SecretAuditAction Action, SecretPrincipal Principal, SecretLookup Lookup, SecretAddress? Address, SecretErrorCode? Error, DateTimeOffset On)
{
    /// <value>The version read or written; null where there is none.</value>
    public SecretVersion? Version { get; init; }

    /// <value>The answer was stale or came from a fallback.</value>
    public bool IsDegraded { get; init; }
}
