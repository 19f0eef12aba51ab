namespace Secrets;

/// <summary>What is at one address: a secret, a deleted one that can be recovered, or both. Immutable.</summary>
internal sealed record InMemorySlot(SecretAddress Address, InMemorySecret? Live, InMemorySecret? Deleted)
{
    /// <summary>Scope, then owner, then name, in the order of their chars: the order of every listing.</summary>
    internal static IComparer<InMemorySlot> ByAddress { get; } = Comparer<InMemorySlot>.Create((left, right) => Compare(left.Address, right.Address));

    internal bool IsEmpty => Live is null && Deleted is null;

    private static int Compare(SecretAddress left, SecretAddress right)
    {
        int order = string.CompareOrdinal(left.Scope.Kind, right.Scope.Kind);
        if (order == 0) order = string.CompareOrdinal(left.Scope.Id, right.Scope.Id);
        if (order == 0) order = string.CompareOrdinal(left.Owner, right.Owner);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }
}
