namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>Checks that every key file that a store has a slot for is there and opens it.</summary>
internal static class KeysAtHand
{
    private const string KeyFile = "key file ";

    internal static async Task AssertAsync(EncryptedFileSecretStore store, IFileOperations files, string where)
    {
        foreach (UnlockSlot slot in store.Slots.List().Where(slot => slot.Label.StartsWith(KeyFile, StringComparison.Ordinal)))
        {
            KeyFileUnlock method = new(slot.Label[KeyFile.Length..], files);
            using SealingKey? root = await method.TryOpenSlotAsync(store.CurrentState.Keys.StoreId, slot, default);
            Assert.That(root, Is.Not.Null, $"{where}: {slot}");
        }
    }
}
