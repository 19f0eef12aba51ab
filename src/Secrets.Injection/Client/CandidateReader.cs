namespace Secrets;

/// <summary>Reads straight from the store, past the cache, for verbs that change a secret: a change that started from a cached value could undo somebody else's.</summary>
internal sealed class CandidateReader(ClientCore core)
{
    /// <summary>One result per read, always: a call that fails as a whole is every entry's failure.</summary>
    internal async ValueTask<IReadOnlyList<SecretReadResult>> ReadAllAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        if (reads.Count == 0) return [];
        core.ThrowIfDisposed();
        try
        {
            return await core.Store.ReadAsync(reads, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            return [.. reads.Select(_ => SecretReadResult.From(error))];
        }
    }
}
