using System.Collections.Immutable;

namespace Secrets;

/// <summary>Everything the store holds at one moment. Immutable: a reader takes it once and sees nothing half-written.</summary>
/// <param name="Slots">By address.</param>
/// <param name="LastVersion">
/// The latest version number, counted for the store and not for each secret: a secret that is deleted and made anew never shows a
/// version that a cache has seen before.
/// </param>
internal sealed record InMemoryState(ImmutableSortedSet<InMemorySlot> Slots, long LastVersion)
{
    internal static InMemoryState Empty { get; } = new(ImmutableSortedSet.Create(InMemorySlot.ByAddress), 0);

    internal InMemorySlot this[SecretAddress address]
    {
        get
        {
            InMemorySlot probe = new(address, null, null);
            return Slots.TryGetValue(probe, out InMemorySlot? slot) ? slot : probe;
        }
    }

    internal InMemoryState With(InMemorySlot slot)
    {
        ImmutableSortedSet<InMemorySlot> rest = Slots.Remove(slot);
        return this with { Slots = slot.IsEmpty ? rest : rest.Add(slot) };
    }

    /// <summary>The slots that follow an address in listing order, whether or not that address is still there.</summary>
    internal IEnumerable<InMemorySlot> From(SecretAddress? address)
    {
        int start = 0;
        if (address is { } from)
        {
            int found = Slots.IndexOf(new InMemorySlot(from, null, null));
            start = found < 0 ? ~found : found;
        }

        for (int i = start; i < Slots.Count; i++)
            yield return Slots[i];
    }
}
