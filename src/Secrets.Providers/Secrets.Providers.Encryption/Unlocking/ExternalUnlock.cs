using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

internal sealed class ExternalUnlock(IRootKeyProtector protector) : UnlockMethod
{
    private const int MaxKeyIdLength = 1024;
    private const int MaxProtectedLength = 16 * 1024;

    private readonly IRootKeyProtector _protector = protector ?? throw new ArgumentNullException(nameof(protector));

    public override UnlockSlotKind Kind => UnlockSlotKind.External;

    public override string Label => $"external key {_protector.KeyId}";

    public override async ValueTask<UnlockSlot> CreateSlotAsync(KeyHierarchy keys, DateTimeOffset createdOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        // A key of its own, rather than the root itself, so that the other system never holds the store's root.
        byte[] slotKey = RandomNumberGenerator.GetBytes(SealingKey.Length);
        try
        {
            byte[] wrapped = await _protector.ProtectAsync(slotKey, cancellationToken).ConfigureAwait(false);
            return UnlockSlot.Create(keys, Kind, Label, createdOn, Encode(wrapped), slotKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(slotKey);
        }
    }

    public override async ValueTask<SealingKey?> TryOpenSlotAsync(Guid storeId, UnlockSlot slot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slot);
        if (!TryDecode(slot.Parameters, out string keyId, out ReadOnlyMemory<byte> wrapped))
            return null;
        byte[]? slotKey = await _protector.UnprotectAsync(keyId, wrapped, cancellationToken).ConfigureAwait(false);
        if (slotKey is not { Length: SealingKey.Length })
            return null;
        SealingKey? root = slot.TryOpen(storeId, slotKey);
        CryptographicOperations.ZeroMemory(slotKey);
        return root;
    }

    private byte[] Encode(byte[] wrapped)
    {
        byte[] keyId = Encoding.UTF8.GetBytes(_protector.KeyId);
        if (keyId.Length > MaxKeyIdLength || wrapped.Length > MaxProtectedLength)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The {Label} gave an id or wrapped key that is too long for a slot.") { Reason = "external-key-size" };
        byte[] parameters = new byte[2 + keyId.Length + wrapped.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(parameters, (ushort)keyId.Length);
        keyId.CopyTo(parameters, 2);
        wrapped.CopyTo(parameters, 2 + keyId.Length);
        return parameters;
    }

    private static bool TryDecode(ReadOnlyMemory<byte> parameters, out string keyId, out ReadOnlyMemory<byte> wrapped)
    {
        keyId = "";
        wrapped = default;
        if (parameters.Length < 2)
            return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(parameters.Span);
        if (parameters.Length < 2 + length)
            return false;
        keyId = Encoding.UTF8.GetString(parameters.Span.Slice(2, length));
        wrapped = parameters[(2 + length)..];
        return true;
    }
}
