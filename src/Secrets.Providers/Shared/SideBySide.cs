using System.Threading.Channels;

namespace Secrets;

/// <summary>Native calls at once, within what a backend wants to have under way: one limit for all that a store does at the moment.</summary>
internal sealed class SideBySide(int concurrency)
{
    // A place is taken by writing and given back by reading: a semaphore that nobody has to dispose of.
    private readonly Channel<byte> _places = Channel.CreateBounded<byte>(concurrency);

    /// <summary>Runs one call per item; results in the order of the items. A call that throws ends the whole. A call does not run others by this.</summary>
    public async Task<TResult[]> RunAsync<T, TResult>(IReadOnlyList<T> items, Func<T, CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        TResult[] results = new TResult[items.Count];
        if (items.Count == 1)
        {
            results[0] = await RunOneAsync(items[0], call, cancellationToken).ConfigureAwait(false);
            return results;
        }

        ParallelOptions options = new() { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, options, async (i, token) => results[i] = await RunOneAsync(items[i], call, token).ConfigureAwait(false)).ConfigureAwait(false);
        return results;
    }

    private async Task<TResult> RunOneAsync<T, TResult>(T item, Func<T, CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
    {
        await _places.Writer.WriteAsync(0, cancellationToken).ConfigureAwait(false);
        try
        {
            return await call(item, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Reader.TryRead(out _);
        }
    }
}
