namespace Secrets;

/// <summary>What several stores in a row can do together.</summary>
internal static class ChainCapabilities
{
    // What a read or a listing needs, it needs of every store that it may pass.
    private const SecretStoreFeatures OfAll = SecretStoreFeatures.Describe | SecretStoreFeatures.List | SecretStoreFeatures.KeysWithoutValues
        | SecretStoreFeatures.BatchRead | SecretStoreFeatures.ReadUnlessVersion;

    internal static SecretStoreCapabilities Of(IReadOnlyList<ISecretStore> stores)
    {
        SecretStoreCapabilities[] all = [.. stores.Select(store => store.Capabilities)];
        SecretStoreCapabilities[] writers = [.. all.Where(each => each.Has(SecretStoreFeatures.Write))];
        SecretStoreFeatures features = all.Aggregate(OfAll, (left, each) => left & each.Features);
        // What a write needs, it needs of whichever writer the secret turns out to be in.
        if (writers.Length > 0) features |= writers.Aggregate(~(OfAll | SecretStoreFeatures.Watch), (left, each) => left & each.Features);
        else features |= all.Aggregate(SecretStoreFeatures.Versions, (left, each) => left & each.Features);
        if (all.Any(each => each.Has(SecretStoreFeatures.Watch))) features |= SecretStoreFeatures.Watch;
        return new SecretStoreCapabilities(features)
        {
            MaxBatchSize = all.Min(each => each.MaxBatchSize),
            MaxConcurrency = all.Min(each => each.MaxConcurrency),
            MaxValueBytes = (writers.Length > 0 ? writers : all).Min(each => each.MaxValueBytes),
            MaxNameLength = (writers.Length > 0 ? writers : all).Min(each => each.MaxNameLength),
        };
    }
}
