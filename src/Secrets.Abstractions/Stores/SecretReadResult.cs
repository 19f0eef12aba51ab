namespace Secrets;

/// <summary>The answer to one <see cref="SecretRead"/>.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Secret">The secret, exactly when <see cref="SecretReadStatus.Found"/>.</param>
/// <param name="Error">Why, when denied or failed; optional detail otherwise.</param>
public readonly record struct SecretReadResult(SecretReadStatus Status, Secret? Secret = null, SecretException? Error = null)
{
    /// <value>
    /// Found, but not where it should have been: another store answered because the first one was down. Such an answer is handed on and
    /// never kept as the truth. <see cref="Error"/> may say why. Default false.
    /// </value>
    public bool IsDegraded { get; init; }

    /// <summary>No such secret.</summary>
    public static SecretReadResult NotFound => default;

    /// <summary>Still at the version that the caller has.</summary>
    public static SecretReadResult NotModified => new(SecretReadStatus.NotModified);

    /// <summary>Here it is.</summary>
    /// <param name="secret">The secret.</param>
    /// <returns>The result.</returns>
    public static SecretReadResult Found(Secret secret) => new(SecretReadStatus.Found, secret);

    /// <summary>Denied or failed, as the error's code says.</summary>
    /// <param name="error">Why. <see cref="SecretErrorCode.Denied"/> gives <see cref="SecretReadStatus.Denied"/>, <see cref="SecretErrorCode.NotFound"/> gives <see cref="SecretReadStatus.NotFound"/>.</param>
    /// <returns>The result.</returns>
    public static SecretReadResult From(SecretException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new SecretReadResult(SecretReadStatuses.Of(error), Error: error);
    }
}
