namespace Secrets.Providers.InMemory.Tests.Conformance;

/// <summary>A store that can be read and nothing else, as environment variables are.</summary>
public sealed class BareFixture : InMemoryFixture
{
    protected override InMemorySecretStoreOptions Options => new() { Name = "bare", Features = SecretStoreFeatures.None };
}

/// <summary>A store that can be read, listed and described.</summary>
public sealed class ReadOnlyFixture : InMemoryFixture
{
    protected override InMemorySecretStoreOptions Options => new()
    {
        Name = "read-only",
        Features = SecretStoreFeatures.List | SecretStoreFeatures.Describe | SecretStoreFeatures.KeysWithoutValues,
    };
}

/// <summary>What AWS Secrets Manager can do: batches of 20, stages, a recovery window that keeps names taken; no moves, no change feed.</summary>
public sealed class AwsLikeFixture : InMemoryFixture
{
    protected override InMemorySecretStoreOptions Options => new()
    {
        Name = "aws-like",
        Features = SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe
            | SecretStoreFeatures.Versions | SecretStoreFeatures.SoftDelete | SecretStoreFeatures.WriteIfAbsent | SecretStoreFeatures.WriteIfVersion
            | SecretStoreFeatures.Binary | SecretStoreFeatures.BatchRead | SecretStoreFeatures.Promote,
        MaxBatchSize = 20,
        MaxNameLength = 512,
        KeepsDeletedNamesTaken = true,
    };
}

/// <summary>What Azure Key Vault can do: versions and soft delete; no conditions, no batches, no bytes, short names.</summary>
public sealed class AzureLikeFixture : InMemoryFixture
{
    protected override InMemorySecretStoreOptions Options => new()
    {
        Name = "azure-like",
        Features = SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe
            | SecretStoreFeatures.Versions | SecretStoreFeatures.SoftDelete,
        MaxNameLength = 127,
        MaxValueBytes = 25_000,
        KeepsDeletedNamesTaken = true,
    };
}

/// <summary>What Kubernetes can do: conditions and a change feed; no versions, no soft delete.</summary>
public sealed class KubernetesLikeFixture : InMemoryFixture
{
    protected override InMemorySecretStoreOptions Options => new()
    {
        Name = "kubernetes-like",
        Features = SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe
            | SecretStoreFeatures.WriteIfAbsent | SecretStoreFeatures.WriteIfVersion | SecretStoreFeatures.Binary | SecretStoreFeatures.Watch,
    };
}
