namespace Secrets.Benchmarks.Listing;

/// <summary>Lets through what a store gives and looks, while somebody wants to know, how much is alive whenever a page is asked for.</summary>
internal sealed class WatchedPages(ISecretStore inner) : DelegatingSecretStore(inner)
{
    private bool _isWatching;
    private int _asked;
    private long _peak;

    /// <summary>The most bytes alive at once while something runs, beyond what was alive before. After a collection, so that what was dropped does not count.</summary>
    public async Task<double> PeakAsync(Func<Task> run)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        (_isWatching, _asked, _peak) = (true, 0, before);
        await run();
        _isWatching = false;
        return _peak - before;
    }

    public override ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        // Not at every page, which would take minutes: half way, and at the last, where a listing that keeps everything has everything.
        if (_isWatching && ++_asked is 500 or 1000) _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: true));
        return base.ListAsync(listing, cancellationToken);
    }
}
