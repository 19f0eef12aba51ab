namespace Secrets;

/// <summary>One way to open a store: the root key, sealed under what a key file, passphrase or KMS gives.</summary>
/// <remarks>Immutable. Holds nothing that is secret in the clear.</remarks>
public sealed class UnlockSlot
{
    /// <summary>Makes a slot from stored or new parts.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="kind">What opens it.</param>
    /// <param name="label">For people: where its key was when it was made.</param>
    /// <param name="createdOn">When it was made.</param>
    /// <param name="parameters">What its kind needs in the clear (salt and cost of a passphrase; id and wrapped key of a KMS).</param>
    /// <param name="sealedRootKey">The root key, sealed.</param>
    public UnlockSlot(
        Guid id, UnlockSlotKind kind, string label, DateTimeOffset createdOn, ReadOnlyMemory<byte> parameters, ReadOnlyMemory<byte> sealedRootKey)
    {
        Id = id;
        Kind = kind;
        Label = label;
        CreatedOn = createdOn;
        Parameters = parameters;
        SealedRootKey = sealedRootKey;
    }

    /// <summary>Its id; names it when it is to be removed.</summary>
    public Guid Id { get; }

    /// <summary>What opens it.</summary>
    public UnlockSlotKind Kind { get; }

    /// <summary>For people; never a secret.</summary>
    public string Label { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedOn { get; }

    /// <summary>What its kind needs in the clear.</summary>
    public ReadOnlyMemory<byte> Parameters { get; }

    /// <summary>The root key, sealed.</summary>
    public ReadOnlyMemory<byte> SealedRootKey { get; }

    /// <summary>Kind, label, id.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Kind} slot '{Label}' ({Id})";

    internal static UnlockSlot Create(
        KeyHierarchy keys, UnlockSlotKind kind, string label, DateTimeOffset createdOn, ReadOnlyMemory<byte> parameters, ReadOnlySpan<byte> slotKey)
    {
        Guid id = Guid.NewGuid();
        byte[] record = RecordSealer.Seal(
            slotKey, keys.Hedge.RevealBytes(), 0, ContextOf(keys.StoreId, id, kind, label, createdOn, parameters.Span), keys.RevealRoot());
        return new UnlockSlot(id, kind, label, createdOn, parameters, record);
    }

    internal SealingKey? TryOpen(Guid storeId, ReadOnlySpan<byte> slotKey)
    {
        Span<byte> root = stackalloc byte[SealingKey.Length];
        if (SealedRootKey.Length != SealingKey.Length + RecordSealer.Overhead
            || !RecordSealer.TryOpen(slotKey, ContextOf(storeId, Id, Kind, Label, CreatedOn, Parameters.Span), SealedRootKey.Span, root))
            return null;
        SealingKey key = SealingKey.FromBytes(root);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(root);
        return key;
    }

    private static ReadOnlySpan<byte> ContextOf(
        Guid storeId, Guid id, UnlockSlotKind kind, string label, DateTimeOffset createdOn, ReadOnlySpan<byte> parameters) =>
        new SealContext("slot", storeId)
            .Add(id.ToByteArray(bigEndian: true))
            .Add((long)kind)
            .Add(label)
            .Add(createdOn.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks)
            .Add(parameters)
            .Bytes;
}
