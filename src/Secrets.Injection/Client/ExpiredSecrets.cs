namespace Secrets;

/// <summary>What a read of a secret does once its <see cref="SecretProperties.ExpiresOn"/> has passed.</summary>
public enum ExpiredSecrets
{
    /// <summary>
    /// It is refused: <see cref="SecretErrorCode.Denied"/>, reason <c>expired</c>. It still shadows what comes after it in the chain, so that
    /// a date that passes never swaps one secret for another, and a reference's default does not apply.
    /// </summary>
    Refuse = 0,

    /// <summary>It is served like any other, for stores whose dates are reminders only.</summary>
    Serve = 1,
}
