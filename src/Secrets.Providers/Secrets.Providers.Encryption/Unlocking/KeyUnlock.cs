using System.Security.Cryptography;

namespace Secrets;

/// <summary>What key file, environment variable and systemd credential share: a 32-byte key, written as text.</summary>
internal abstract class KeyUnlock : UnlockMethod
{
    public sealed override UnlockSlotKind Kind => UnlockSlotKind.Key;

    public sealed override ValueTask<UnlockSlot> CreateSlotAsync(KeyHierarchy keys, DateTimeOffset createdOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        using SealingKey key = ReadOrCreate();
        return ValueTask.FromResult(UnlockSlot.Create(keys, Kind, Label, createdOn, default, key.RevealBytes()));
    }

    public sealed override ValueTask<SealingKey?> TryOpenSlotAsync(Guid storeId, UnlockSlot slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slot);
        cancellationToken.ThrowIfCancellationRequested();
        using SealingKey key = Read();
        return ValueTask.FromResult(slot.TryOpen(storeId, key.RevealBytes()));
    }

    protected abstract SealingKey Read();

    protected virtual SealingKey ReadOrCreate() => Read();

    protected SealingKey Parse(byte[] text)
    {
        try
        {
            return KeyText.TryParse(text) ?? throw new SecretException(
                SecretErrorCode.Unauthenticated,
                $"The {Label} does not hold a key: it must be one line that begins with '{KeyText.Prefix}'. Point it to the key that the store was made with.")
            {
                Reason = "key-malformed",
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
