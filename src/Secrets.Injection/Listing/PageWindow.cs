namespace Secrets;

/// <summary>One page of what streams by: counts everything, keeps no more than comes up to the page's end.</summary>
internal sealed class PageWindow
{
    private readonly SecretPageQuery _query;
    private readonly PageToken? _after;
    private readonly int _keep;
    private readonly PriorityQueue<SecretProperties, SecretProperties> _first;
    private int _total;
    private int _following;

    internal PageWindow(SecretPageQuery query, PageToken? after)
    {
        _query = query;
        _after = after;
        _keep = (int)Math.Min((long)query.Page * query.Size, int.MaxValue);
        // The last one in front, to give way to whatever comes before it.
        _first = new PriorityQueue<SecretProperties, SecretProperties>(Comparer<SecretProperties>.Create((x, y) => query.Sort.Compare(y, x)));
    }

    internal void Add(SecretProperties properties)
    {
        _total++;
        if (_after?.IsUpTo(properties, _query.Sort) == true) return;
        _following++;
        if (_first.Count < _keep) _first.Enqueue(properties, properties);
        else _first.EnqueueDequeue(properties, properties);
    }

    internal SecretListPage ToPage()
    {
        long before = _after is null ? (_query.Page - 1L) * _query.Size : 0;
        SecretProperties[] items = new SecretProperties[Math.Max(0, _first.Count - before)];
        for (int i = items.Length - 1; i >= 0; i--)
            items[i] = _first.Dequeue();
        bool isLast = before + items.Length >= _following;
        return new SecretListPage(items, _after is null ? _query.Page : 0, _query.Size, _total, isLast ? null : PageToken.Of(items[^1], _query.Sort).ToString());
    }
}
