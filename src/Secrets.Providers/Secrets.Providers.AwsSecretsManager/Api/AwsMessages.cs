namespace Secrets;

/// <summary>The shapes of the service's 2017-10-17 model, as far as this store uses them. Member names are the wire's.</summary>
internal static class AwsMessages
{
    internal sealed record NativeTag(string Key, string Value);

    internal sealed record GetSecretValueRequest(string SecretId, string? VersionId = null);

    internal sealed record BatchGetSecretValueRequest(IReadOnlyList<string> SecretIdList, string? NextToken = null);

    internal sealed record NativeSecretValue(
        string Name,
        string VersionId,
        WireText? SecretString,
        WireBinary? SecretBinary,
        IReadOnlyList<string>? VersionStages,
        double? CreatedDate);

    internal sealed record BatchEntryError(string SecretId, string ErrorCode, string? Message);

    internal sealed record BatchGetSecretValueResponse(
        IReadOnlyList<NativeSecretValue>? SecretValues, IReadOnlyList<BatchEntryError>? Errors, string? NextToken);

    internal sealed record SecretIdRequest(string SecretId);

    internal sealed record NativeSecret(string Name)
    {
        public string? Description { get; init; }

        public double? CreatedDate { get; init; }

        public double? LastChangedDate { get; init; }

        public double? DeletedDate { get; init; }

        public IReadOnlyList<NativeTag>? Tags { get; init; }

        // DescribeSecret and ListSecrets call the same thing by two names.
        public IReadOnlyDictionary<string, IReadOnlyList<string>>? VersionIdsToStages { get; init; }

        public IReadOnlyDictionary<string, IReadOnlyList<string>>? SecretVersionsToStages { get; init; }
    }

    internal sealed record NativeFilter(string Key, IReadOnlyList<string> Values);

    internal sealed record ListSecretsRequest(int MaxResults, string? NextToken, IReadOnlyList<NativeFilter>? Filters, bool IncludePlannedDeletion);

    internal sealed record ListSecretsResponse(IReadOnlyList<NativeSecret>? SecretList, string? NextToken);

    internal sealed record ListSecretVersionIdsRequest(string SecretId, int MaxResults, string? NextToken, bool IncludeDeprecated = true);

    internal sealed record NativeVersion(string VersionId, IReadOnlyList<string>? VersionStages, double? CreatedDate);

    internal sealed record ListSecretVersionIdsResponse(IReadOnlyList<NativeVersion>? Versions, string? NextToken);

    internal sealed record CreateSecretRequest(string Name, string ClientRequestToken)
    {
        public string? Description { get; init; }

        public string? KmsKeyId { get; init; }

        public WireText? SecretString { get; init; }

        public WireBinary? SecretBinary { get; init; }

        public IReadOnlyList<NativeTag>? Tags { get; init; }
    }

    internal sealed record PutSecretValueRequest(string SecretId, string ClientRequestToken)
    {
        public WireText? SecretString { get; init; }

        public WireBinary? SecretBinary { get; init; }

        public IReadOnlyList<string>? VersionStages { get; init; }
    }

    internal sealed record UpdateSecretRequest(string SecretId, string Description);

    internal sealed record UpdateSecretVersionStageRequest(string SecretId, string VersionStage, string? RemoveFromVersionId, string? MoveToVersionId);

    internal sealed record TagResourceRequest(string SecretId, IReadOnlyList<NativeTag> Tags);

    internal sealed record UntagResourceRequest(string SecretId, IReadOnlyList<string> TagKeys);

    internal sealed record DeleteSecretRequest(string SecretId, int? RecoveryWindowInDays, bool? ForceDeleteWithoutRecovery);

    internal sealed record NamedVersionResponse(string Name, string? VersionId);
}
