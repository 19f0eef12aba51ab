namespace Secrets;

/// <summary>The answer to one <see cref="SecretLookup"/> of a batch.</summary>
/// <param name="Status">How it ended; never <see cref="SecretReadStatus.NotModified"/>.</param>
/// <param name="Secret">The secret, exactly when <see cref="SecretReadStatus.Found"/>.</param>
/// <param name="Error">What a single read would have thrown; null exactly when found.</param>
public readonly record struct SecretLookupResult(SecretReadStatus Status, Secret? Secret, SecretException? Error)
{
    /// <value>
    /// The answer did not come from where it should have: a fallback answered while the first store was down, or the last good value is
    /// served past its freshness. Default false.
    /// </value>
    public bool IsDegraded { get; init; }

    /// <summary>The secret, or the error thrown.</summary>
    /// <returns>The secret.</returns>
    /// <exception cref="SecretException">As <see cref="Error"/>.</exception>
    public Secret GetSecretOrThrow() => Secret ?? throw Error!;
}
