namespace Secrets;

/// <summary>Where a generated policy applies.</summary>
/// <param name="Region">The region, as in <c>eu-central-1</c>; <c>*</c> for all.</param>
/// <param name="AccountId">The account's twelve digits; <c>*</c> for all.</param>
public sealed record AwsPolicyScope(string Region, string AccountId)
{
    /// <value>The partition: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>. Default <c>aws</c>.</value>
    public string Partition { get; init; } = "aws";

    /// <value>The store's prefix, as in <see cref="AwsSecretsManagerOptions.Prefix"/>. Default empty.</value>
    public string Prefix { get; init; } = "";

    /// <value>The ARN of the KMS key that the secrets are encrypted with; null for the account's own, which needs no line. Default null.</value>
    public string? KmsKeyArn { get; init; }
}
