namespace Secrets;

/// <summary>Many native calls at once, within what a backend wants to have under way.</summary>
internal static class SideBySide
{
    /// <summary>Runs one call per item; results in the order of the items. A call that throws ends the whole.</summary>
    public static async Task<TResult[]> RunAsync<T, TResult>(
        IReadOnlyList<T> items, int concurrency, Func<T, CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        TResult[] results = new TResult[items.Count];
        if (items.Count == 1)
        {
            results[0] = await call(items[0], cancellationToken).ConfigureAwait(false);
            return results;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, options, async (i, token) => results[i] = await call(items[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        return results;
    }
}
