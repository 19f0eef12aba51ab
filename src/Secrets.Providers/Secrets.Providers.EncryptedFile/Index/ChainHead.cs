namespace Secrets;

/// <summary>A place on the chain: the commit's sequence, and the chain hash after it.</summary>
/// <param name="Sequence">0 before the first commit.</param>
/// <param name="Chain">32 bytes.</param>
internal sealed record ChainHead(ulong Sequence, byte[] Chain);
