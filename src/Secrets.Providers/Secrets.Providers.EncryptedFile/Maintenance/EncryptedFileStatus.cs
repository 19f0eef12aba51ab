namespace Secrets;

/// <summary>How a store file stands. Holds no name and no value.</summary>
/// <param name="StoreId">The store's id, for life.</param>
/// <param name="Generation">How often it was compacted.</param>
/// <param name="Commits">How many commits it has seen.</param>
/// <param name="KeyEpoch">The key-encryption epoch in force.</param>
/// <param name="Secrets">Secrets that are not deleted.</param>
/// <param name="FileBytes">Length of the file.</param>
/// <param name="LiveBytes">About how long it would be after a compaction.</param>
/// <param name="Retention">What the store keeps of histories, if a writer's own options do not say otherwise.</param>
public sealed record EncryptedFileStatus(
    Guid StoreId, ulong Generation, ulong Commits, uint KeyEpoch, int Secrets, long FileBytes, long LiveBytes, EncryptedFileRetention Retention);
