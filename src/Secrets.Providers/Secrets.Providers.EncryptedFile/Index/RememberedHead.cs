namespace Secrets;

/// <summary>A head that the chain of a file should come by, because it was seen before.</summary>
internal sealed class RememberedHead(ChainHead head)
{
    internal ChainHead Head => head;

    /// <summary>Whether it was met.</summary>
    internal bool WasMet { get; private set; }

    internal void Compare(ulong sequence, ReadOnlySpan<byte> chain) =>
        WasMet |= head.Sequence == sequence && chain.SequenceEqual(head.Chain);
}
