using System.Runtime.InteropServices;

namespace Secrets;

/// <summary>
/// What the log says, by address. Readers take <see cref="Gate"/> to look something up and decrypt outside it; the one writer takes it to
/// apply a commit, so that readers see all of a commit or nothing.
/// </summary>
internal sealed class SecretIndex
{
    private readonly Dictionary<SecretAddress, SecretEntry> _live = new(AddressComparer.Instance);
    private readonly Dictionary<SecretAddress, SecretEntry> _deleted = new(AddressComparer.Instance);
    private SecretAddress[]? _ordered;

    internal Lock Gate { get; } = new();

    internal int Count => _live.Count;

    /// <summary>No new secret begins below this version: one that is purged and made anew never shows a version that was seen before.</summary>
    internal ulong VersionFloor { get; set; } = 1;

    internal SecretEntry? Live(SecretAddress address) => _live.GetValueOrDefault(address);

    internal SecretEntry? Deleted(SecretAddress address) => _deleted.GetValueOrDefault(address);

    internal IEnumerable<SecretEntry> All => _live.Values.Concat(_deleted.Values);

    /// <summary>Both live and deleted addresses in listing order. Made when first asked for after a change of addresses.</summary>
    internal SecretAddress[] Ordered()
    {
        if (_ordered is null)
        {
            _ordered = [.. _live.Keys.Union(_deleted.Keys, AddressComparer.Instance)];
            Array.Sort(_ordered, AddressComparer.Instance);
        }

        return _ordered;
    }

    internal ulong NextVersionAt(SecretAddress address) =>
        Live(address)?.NextVersion ?? Math.Max(VersionFloor, Deleted(address)?.NextVersion ?? 1);

    internal SecretEntry LiveOrNew(SecretAddress address)
    {
        ref SecretEntry? entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_live, address, out bool exists);
        if (!exists)
        {
            entry = new SecretEntry(address);
            _ordered = null;
        }

        return entry!;
    }

    internal void Reserve(int count) => _live.EnsureCapacity(count);

    /// <summary>Puts a secret in its place by its address and state.</summary>
    internal void Place(SecretEntry entry)
    {
        (entry.DeletedOn is null ? _live : _deleted)[entry.Address] = entry;
        _ordered = null;
    }

    internal SecretEntry? RemoveLive(SecretAddress address) => Remove(_live, address);

    internal SecretEntry? RemoveDeleted(SecretAddress address) => Remove(_deleted, address);

    /// <summary>Raises the floor above all that a secret which goes for good ever was.</summary>
    internal void Bury(SecretEntry? entry)
    {
        if (entry is not null)
            VersionFloor = Math.Max(VersionFloor, entry.NextVersion);
    }

    private SecretEntry? Remove(Dictionary<SecretAddress, SecretEntry> from, SecretAddress address)
    {
        if (!from.Remove(address, out SecretEntry? entry))
            return null;
        _ordered = null;
        return entry;
    }
}
