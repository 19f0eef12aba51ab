using Amazon.Runtime;

namespace Secrets;

/// <summary>Which AWS Secrets Manager, as whom, and how. Everything that is left out is the SDK's own chain.</summary>
/// <remarks>Read once, when the store is made. Not safe to change from several threads.</remarks>
public sealed class AwsSecretsManagerOptions
{
    /// <value>The store's name in errors, spans and metrics. Default null: <c>aws-secrets-manager:REGION</c>, with the prefix if there is one.</value>
    public string? Name { get; set; }

    /// <value>
    /// The region, as in <c>eu-central-1</c>; a replica's region reads the replicas. Default null: the SDK's chain (<c>AWS_REGION</c>, the profile,
    /// the instance).
    /// </value>
    public string? Region { get; set; }

    /// <value>An endpoint other than the region's: a VPC endpoint, an emulator. Default null: <c>AWS_ENDPOINT_URL_SECRETS_MANAGER</c>, <c>AWS_ENDPOINT_URL</c>, else the region's.</value>
    public Uri? ServiceUrl { get; set; }

    /// <value>A profile of the shared AWS files (single sign-on and assumed roles included). Default null: the SDK's chain.</value>
    public string? Profile { get; set; }

    /// <value>A ready credential; goes before <see cref="Profile"/>. Default null: the SDK's chain.</value>
    public AWSCredentials? Credentials { get; set; }

    /// <value>
    /// What every native name begins with, as in <c>prod/</c>; only of <c>A-Z a-z 0-9 / _ + = . @ -</c>. Secrets outside it do not exist for this
    /// store. Default empty.
    /// </value>
    public string Prefix { get; set; } = "";

    /// <value>The KMS key (id, alias or ARN) that new secrets are encrypted with. Default null: the account's <c>aws/secretsmanager</c>.</value>
    public string? KmsKeyId { get; set; }

    /// <value>How long a deleted secret can be recovered, 7 to 30 days. Default 30.</value>
    public int RecoveryWindowDays { get; set; } = 30;

    /// <value>
    /// Whether a read also gives description, tags, type and expiry. The service keeps them apart from the values: many secrets read together
    /// cost one <c>ListSecrets</c> more for a hundred, if the credential may list, others one <c>DescribeSecret</c> each; if that is denied, reads go
    /// on without. Versions and values come either way. Default true.
    /// </value>
    public bool ReadProperties { get; set; } = true;

    /// <value>How many calls to have under way at once, 1 to 64. Default 8.</value>
    public int MaxConcurrency { get; set; } = 8;

    /// <value>
    /// Changes the SDK client's settings (retry mode and count, timeout, proxy) after everything above was applied. The SDK's retries are the only
    /// ones. Default null.
    /// </value>
    public Action<ClientConfig>? ConfigureClient { get; set; }

    /// <value>The clock for the times that the service does not tell. Default the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
