namespace Secrets;

/// <summary>Opens a store's keys with the first method that fits one of its slots.</summary>
public static class Unlocker
{
    /// <summary>Tries each method on each slot of its kind.</summary>
    /// <param name="storeId">The store.</param>
    /// <param name="keySet">Its slots and epochs, as read.</param>
    /// <param name="methods">The methods, in the order to try.</param>
    /// <param name="storeName">The store, for messages.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The keys, epochs adopted. The caller must still authenticate the store with them.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.Unauthenticated"/>: no method opens a slot (reason <c>wrong-key</c>), or none could even be tried (the reason
    /// of the first that failed). <see cref="SecretErrorCode.Corrupted"/>: a slot's cost is absurd.
    /// </exception>
    public static async ValueTask<KeyHierarchy> UnlockAsync(
        Guid storeId, KeySet keySet, IReadOnlyList<UnlockMethod> methods, string storeName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keySet);
        ArgumentNullException.ThrowIfNull(methods);
        SecretException? firstFailure = null;
        bool triedOne = false;
        foreach (UnlockMethod method in methods)
        {
            foreach (UnlockSlot slot in keySet.Slots.Where(slot => slot.Kind == method.Kind))
            {
                try
                {
                    SealingKey? root = await method.TryOpenSlotAsync(storeId, slot, cancellationToken).ConfigureAwait(false);
                    triedOne = true;
                    if (root is not null && Open(storeId, root, keySet) is { } keys)
                        return keys;
                }
                catch (SecretException failure)
                {
                    firstFailure ??= failure;
                }
            }
        }

        throw triedOne || firstFailure is null ? WrongKey(storeName, methods, firstFailure) : firstFailure;
    }

    private static KeyHierarchy? Open(Guid storeId, SealingKey root, KeySet keySet)
    {
        KeyHierarchy keys = new(storeId, root);
        if (keys.TryAdopt(keySet.Epochs))
            return keys;
        keys.Dispose();
        return null;
    }

    private static SecretException WrongKey(string storeName, IReadOnlyList<UnlockMethod> methods, Exception? inner)
    {
        string tried = methods.Count == 0 ? "nothing" : string.Join(", ", methods);
        return new SecretException(
            SecretErrorCode.Unauthenticated,
            $"The store '{storeName}' does not open with what was tried ({tried}): the key or passphrase is not of this store, or its slot is damaged. "
            + "Give the key that the store was made with, or restore the store from a backup.",
            inner)
        {
            Reason = "wrong-key",
            StoreName = storeName,
        };
    }
}
