namespace Secrets;

/// <summary>
/// Tells most configuration keys that are not in a set apart from those that are, by their length and two of their chars: every read of every
/// key of a configuration passes here, and hashing its whole text would cost as much as finding it.
/// </summary>
internal sealed class PathFilter
{
    private const int Buckets = 1024;

    private readonly bool[] _taken = new bool[Buckets];

    internal PathFilter(IEnumerable<string> paths)
    {
        foreach (string path in paths)
            _taken[BucketOf(path)] = true;
    }

    /// <summary>False only for a path that is not in the set; case does not count.</summary>
    internal bool MayHold(string path) => _taken[BucketOf(path)];

    private static int BucketOf(string path)
    {
        if (path.Length == 0) return 0;
        int last = char.ToUpperInvariant(path[^1]);
        int middle = char.ToUpperInvariant(path[path.Length / 2]);
        return ((path.Length * 7) + (last * 31) + (middle * 131)) & (Buckets - 1);
    }
}
