using System.Diagnostics.CodeAnalysis;

namespace Secrets;

/// <summary>Orders and compares byte arrays by content.</summary>
internal sealed class ByteSequenceComparer : IEqualityComparer<byte[]>, IComparer<byte[]>
{
    internal static ByteSequenceComparer Instance { get; } = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj)
    {
        HashCode hash = default;
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}
