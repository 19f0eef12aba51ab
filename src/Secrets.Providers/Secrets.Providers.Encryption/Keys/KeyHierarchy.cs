using System.Diagnostics;

namespace Secrets;

/// <summary>
/// The keys of one store, from the root down: the root key (which any unlock slot opens), what is derived from it, and the key-encryption
/// epochs that seal data keys.
/// </summary>
/// <remarks>Thread-safe.</remarks>
[DebuggerDisplay("store {StoreId}, epoch {CurrentEpoch}")]
public sealed class KeyHierarchy : IDisposable
{
    private readonly SealingKey _root;
    private readonly SealingKey _wrap;
    private readonly bool _isOwner = true;
    private readonly Lock _adopting = new();
    private volatile IReadOnlyDictionary<uint, SealingKey> _epochs = new Dictionary<uint, SealingKey>();

    /// <summary>Makes the hierarchy above a root key.</summary>
    /// <param name="storeId">The store.</param>
    /// <param name="root">Its root key. Owned from here on.</param>
    public KeyHierarchy(Guid storeId, SealingKey root)
    {
        ArgumentNullException.ThrowIfNull(root);
        StoreId = storeId;
        _root = root;
        _wrap = root.Derive(storeId, "wrap");
        Mac = root.Derive(storeId, "mac");
        Hedge = root.Derive(storeId, "hedge");
        Anchor = root.Derive(storeId, "anchor");
    }

    private KeyHierarchy(KeyHierarchy other)
    {
        _isOwner = false;
        StoreId = other.StoreId;
        _root = other._root;
        _wrap = other._wrap;
        Mac = other.Mac;
        Hedge = other.Hedge;
        Anchor = other.Anchor;
    }

    /// <summary>The store.</summary>
    public Guid StoreId { get; }

    /// <summary>Authenticates header, frames and chain.</summary>
    public SealingKey Mac { get; }

    /// <summary>Hedges the salts of sealed records.</summary>
    public SealingKey Hedge { get; }

    /// <summary>Authenticates the rollback anchor.</summary>
    public SealingKey Anchor { get; }

    /// <summary>The epoch that new data keys are sealed under; 0 before the first.</summary>
    public uint CurrentEpoch { get; private set; }

    /// <summary>All epochs at hand, lowest first.</summary>
    public IReadOnlyList<uint> Epochs => [.. _epochs.Keys.Order()];

    /// <summary>The root key, for sealing it into a slot.</summary>
    /// <returns>A view; valid until the hierarchy is disposed.</returns>
    public ReadOnlySpan<byte> RevealRoot() => _root.RevealBytes();

    /// <summary>The key of an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <returns>The key, or null if this store has no such epoch (any more).</returns>
    public SealingKey? KeyOf(uint epoch) => _epochs.TryGetValue(epoch, out SealingKey? key) ? key : null;

    /// <summary>Makes a new epoch, sealed and ready to be stored; it becomes current through <see cref="TryAdopt"/>.</summary>
    /// <returns>The sealed epoch key.</returns>
    public SealedEpoch CreateEpoch()
    {
        uint epoch = (_epochs.Count == 0 ? 0 : _epochs.Keys.Max()) + 1;
        using SealingKey key = SealingKey.Generate();
        byte[] record = RecordSealer.Seal(_wrap.RevealBytes(), Hedge.RevealBytes(), epoch, ContextOf(epoch), key.RevealBytes());
        return new SealedEpoch(epoch, record);
    }

    /// <summary>Takes stored epochs to those held already; the highest becomes current.</summary>
    /// <param name="epochs">The epochs.</param>
    /// <returns>False, and nothing is changed, if one of them does not open.</returns>
    public bool TryAdopt(IReadOnlyList<SealedEpoch> epochs)
    {
        ArgumentNullException.ThrowIfNull(epochs);
        // A compaction reads its copy back while a commit begins an epoch: neither may lose what the other adopts.
        lock (_adopting)
        {
            Dictionary<uint, SealingKey> adopted = new(_epochs);
            Span<byte> bytes = stackalloc byte[SealingKey.Length];
            foreach (SealedEpoch epoch in epochs)
            {
                if (adopted.ContainsKey(epoch.Number))
                    continue;
                if (epoch.Record.Length != SealingKey.Length + RecordSealer.Overhead
                    || !RecordSealer.TryOpen(_wrap.RevealBytes(), ContextOf(epoch.Number), epoch.Record.Span, bytes))
                    return false;
                adopted[epoch.Number] = SealingKey.FromBytes(bytes);
            }

            System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
            _epochs = adopted;
            CurrentEpoch = adopted.Count == 0 ? 0 : adopted.Keys.Max();
            return true;
        }
    }

    /// <summary>
    /// The same root and what is derived from it, without epochs: another file of the store has its own, which may be older, or others of the
    /// same number. Its keys are zeroed with those of this one, which must outlive it; its epochs with itself.
    /// </summary>
    internal KeyHierarchy WithoutEpochs() => new(this);

    /// <summary>Zeroes and forgets the epochs, before any is in use.</summary>
    internal void ForgetEpochs()
    {
        lock (_adopting)
        {
            foreach (SealingKey key in _epochs.Values)
                key.Dispose();
            _epochs = new Dictionary<uint, SealingKey>();
            CurrentEpoch = 0;
        }
    }

    /// <summary>Zeroes all keys.</summary>
    public void Dispose()
    {
        foreach (SealingKey key in _epochs.Values)
            key.Dispose();
        if (!_isOwner)
            return;
        _root.Dispose();
        _wrap.Dispose();
        Mac.Dispose();
        Hedge.Dispose();
        Anchor.Dispose();
    }

    private ReadOnlySpan<byte> ContextOf(uint epoch) => new SealContext("epoch", StoreId).Add(epoch).Bytes;
}
