namespace Secrets;

/// <summary>
/// All patterns of a masker as one Aho-Corasick automaton: after each byte, the state is the longest end of the input that begins some
/// pattern. So exactly that many bytes are undecided, and no more need to be held back. Immutable.
/// </summary>
/// <remarks>States are numbered in depth-first order over the sorted patterns. Most have one child; those with many have a row of their own.</remarks>
internal sealed class MaskAutomaton
{
    internal const int Root = 0;
    private const int RowThreshold = 4;
    private const int NoRow = -1;

    private readonly byte[] _label;
    private readonly int[] _firstChild;
    private readonly int[] _sibling;
    private readonly int[] _fail;
    private readonly int[] _depth;
    private readonly int[] _matchLength;
    private readonly int[] _row;
    private readonly int[] _rows;

    internal MaskAutomaton(IEnumerable<byte[]> patterns)
    {
        byte[][] sorted = [.. patterns.Order(ByteSequenceComparer.Instance)];
        int capacity = 1 + sorted.Sum(static p => p.Length);
        _label = new byte[capacity];
        _firstChild = new int[capacity];
        _sibling = new int[capacity];
        _fail = new int[capacity];
        _depth = new int[capacity];
        _matchLength = new int[capacity];
        int count = BuildTrie(sorted);
        (_row, _rows) = BuildRows(count);
        BuildFailLinks(count);
        Filter = new MaskFilter(sorted);
        IsEmpty = sorted.Length == 0;
    }

    internal MaskFilter Filter { get; }

    internal bool IsEmpty { get; }

    /// <summary>How many of the last bytes are undecided.</summary>
    internal int DepthOf(int state) => _depth[state];

    /// <summary>The length of the longest pattern that ends here; 0 for none.</summary>
    internal int MatchLengthAt(int state) => _matchLength[state];

    internal int Next(int state, byte b)
    {
        while (true)
        {
            int child = ChildOf(state, b);
            if (child != Root) return child;
            if (state == Root) return Root;
            state = _fail[state];
        }
    }

    private int ChildOf(int state, byte b)
    {
        int row = _row[state];
        if (row != NoRow) return _rows[row + b];
        int child = _firstChild[state];
        while (child != Root && _label[child] != b)
            child = _sibling[child];
        return child;
    }

    private int BuildTrie(byte[][] sorted)
    {
        int count = 1;
        Stack<int> path = new([Root]);
        byte[] previous = [];
        int[] lastChild = new int[_label.Length];
        foreach (byte[] pattern in sorted)
        {
            int shared = pattern.AsSpan().CommonPrefixLength(previous);
            while (path.Count > shared + 1) path.Pop();
            for (int i = shared; i < pattern.Length; i++)
            {
                int parent = path.Peek();
                int state = count++;
                _label[state] = pattern[i];
                _depth[state] = i + 1;
                if (lastChild[parent] == Root) _firstChild[parent] = state;
                else _sibling[lastChild[parent]] = state;
                lastChild[parent] = state;
                path.Push(state);
            }

            _matchLength[path.Peek()] = pattern.Length;
            previous = pattern;
        }

        return count;
    }

    private (int[] Row, int[] Rows) BuildRows(int count)
    {
        int[] row = new int[count];
        List<int> rows = [];
        for (int state = 0; state < count; state++)
        {
            int children = 0;
            for (int child = _firstChild[state]; child != Root; child = _sibling[child]) children++;
            row[state] = NoRow;
            if (children < RowThreshold && state != Root) continue;
            row[state] = rows.Count;
            rows.AddRange(new int[256]);
            for (int child = _firstChild[state]; child != Root; child = _sibling[child])
                rows[row[state] + _label[child]] = child;
        }

        return (row, [.. rows]);
    }

    // Breadth first, so that a state's shorter ends are linked before it is.
    private void BuildFailLinks(int count)
    {
        Queue<int> queue = new(count);
        queue.Enqueue(Root);
        while (queue.TryDequeue(out int parent))
        {
            for (int state = _firstChild[parent]; state != Root; state = _sibling[state])
            {
                _fail[state] = parent == Root ? Root : Next(_fail[parent], _label[state]);
                if (_matchLength[state] == 0) _matchLength[state] = _matchLength[_fail[state]];
                queue.Enqueue(state);
            }
        }
    }
}
