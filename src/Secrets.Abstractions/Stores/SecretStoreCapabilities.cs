namespace Secrets;

/// <summary>What a store can do, and its limits. Declared once, tested by the conformance suite, and not lost when a store is wrapped.</summary>
/// <param name="Features">What it can do.</param>
public sealed record SecretStoreCapabilities(SecretStoreFeatures Features)
{
    /// <value>The longest value, in bytes, that it accepts for a secret whose only key is <c>value</c>. Default 65,536.</value>
    public int MaxValueBytes { get; init; } = 64 * 1024;

    /// <value>The most secrets that one native call reads; 1 without <see cref="SecretStoreFeatures.BatchRead"/>. Default 1.</value>
    public int MaxBatchSize { get; init; } = 1;

    /// <value>How many native calls it wants to have under way at once. Default 8.</value>
    public int MaxConcurrency { get; init; } = 8;

    /// <value>The longest name, in chars, that it accepts at team scope without an owner. Default 253.</value>
    public int MaxNameLength { get; init; } = 253;

    /// <summary>Whether a feature, or each of several, is declared.</summary>
    /// <param name="features">The feature or features.</param>
    /// <returns>True if all are.</returns>
    public bool Has(SecretStoreFeatures features) => (Features & features) == features;
}
