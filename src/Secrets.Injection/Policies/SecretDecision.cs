namespace Secrets;

/// <summary>What a policy says. The default value refuses.</summary>
/// <param name="IsAllowed">True to let the principal go on.</param>
/// <param name="Reason">Why it is refused and who may do it, for people; shown in the error's message. Null when allowed.</param>
public readonly record struct SecretDecision(bool IsAllowed, string? Reason)
{
    /// <summary>Go on.</summary>
    public static SecretDecision Allowed { get; } = new(true, null);

    /// <summary>Stop.</summary>
    /// <param name="reason">Why, and who may: one sentence. Never a value.</param>
    /// <returns>The decision.</returns>
    public static SecretDecision Refused(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new SecretDecision(false, reason);
    }
}
