namespace Secrets;

/// <summary>What is known of one secret without reading a value.</summary>
/// <param name="Status">How it ended; never <see cref="SecretReadStatus.NotModified"/>.</param>
/// <param name="Properties">The properties, exactly when <see cref="SecretReadStatus.Found"/>.</param>
/// <param name="Error">Why, when denied or failed.</param>
public readonly record struct SecretDescribeResult(SecretReadStatus Status, SecretProperties? Properties = null, SecretException? Error = null)
{
    /// <summary>No such secret.</summary>
    public static SecretDescribeResult NotFound => default;

    /// <summary>It exists.</summary>
    /// <param name="properties">What is known.</param>
    /// <returns>The result.</returns>
    public static SecretDescribeResult Found(SecretProperties properties) => new(SecretReadStatus.Found, properties);

    /// <summary>Denied or failed, as the error's code says.</summary>
    /// <param name="error">Why.</param>
    /// <returns>The result.</returns>
    public static SecretDescribeResult From(SecretException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new SecretDescribeResult(SecretReadStatuses.Of(error), Error: error);
    }
}
