namespace Secrets;

/// <summary>A key-encryption epoch as it is stored: its key sealed under the root.</summary>
/// <param name="Number">1 or more; higher is newer.</param>
/// <param name="Record">The sealed key.</param>
public sealed record SealedEpoch(uint Number, ReadOnlyMemory<byte> Record);
