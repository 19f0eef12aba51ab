namespace Secrets;

/// <summary>
/// What an in-memory store is like. By default it can do everything that a store can; narrow it to play another one. Read once, when the store
/// is made.
/// </summary>
public sealed class InMemorySecretStoreOptions
{
    /// <summary>Every feature a store can have.</summary>
    public const SecretStoreFeatures AllFeatures =
        SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe
        | SecretStoreFeatures.KeysWithoutValues | SecretStoreFeatures.Versions | SecretStoreFeatures.SoftDelete
        | SecretStoreFeatures.WriteIfAbsent | SecretStoreFeatures.WriteIfVersion | SecretStoreFeatures.Binary | SecretStoreFeatures.Watch
        | SecretStoreFeatures.BatchRead | SecretStoreFeatures.Promote | SecretStoreFeatures.DestroyVersion | SecretStoreFeatures.Move
        | SecretStoreFeatures.ReadUnlessVersion;

    /// <value>What <see cref="ISecretStore.Name"/> is. Default <c>in-memory</c>.</value>
    public string Name { get; set; } = "in-memory";

    /// <value>Dates, and the time that <see cref="Latency"/> takes. Default the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <value>What the store declares and does. Default <see cref="AllFeatures"/>.</value>
    public SecretStoreFeatures Features { get; set; } = AllFeatures;

    /// <value>The longest value in bytes, and the most that all keys and values of a secret may take together; 1 or more. Default 65,536.</value>
    public int MaxValueBytes { get; set; } = 64 * 1024;

    /// <value>The longest name in chars; 1 or more. Default 253.</value>
    public int MaxNameLength { get; set; } = 253;

    /// <value>How many secrets one round trip reads; 1 or more, and 1 without <see cref="SecretStoreFeatures.BatchRead"/>. Default 100.</value>
    public int MaxBatchSize { get; set; } = 100;

    /// <value>How many calls the store says it wants under way at once; 1 or more. It is not enforced. Default 8.</value>
    public int MaxConcurrency { get; set; } = 8;

    /// <value>How many versions of a secret are kept; the oldest previous ones go first. 2 or more. Default 100.</value>
    public int MaxVersions { get; set; } = 100;

    /// <value>
    /// Whether the name of a secret that was deleted softly stays taken until it is recovered or purged, as AWS and Azure do. A write to it is
    /// refused with <c>Reason</c> <c>deleted</c>. Default false.
    /// </value>
    public bool KeepsDeletedNamesTaken { get; set; }

    /// <value>How long each call takes on <see cref="TimeProvider"/>; 0 or more. Default 0: calls complete at once.</value>
    public TimeSpan Latency { get; set; }

    internal SecretStoreCapabilities ToCapabilities() => new(Features)
    {
        MaxValueBytes = MaxValueBytes,
        MaxNameLength = MaxNameLength,
        MaxBatchSize = (Features & SecretStoreFeatures.BatchRead) != 0 ? MaxBatchSize : 1,
        MaxConcurrency = MaxConcurrency,
    };

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Name);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxValueBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxNameLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxVersions, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(Latency, TimeSpan.Zero);
    }
}
