using System.Collections.Immutable;
using System.Threading.Channels;

namespace Secrets;

/// <summary>Who watches the store. Each watch has its own queue, so a slow one holds nobody up and misses nothing.</summary>
internal sealed class StoreWatches
{
    private ImmutableArray<Channel<SecretStoreChange>> _watches = [];
    private volatile bool _hasMissed;

    internal Channel<SecretStoreChange> Begin()
    {
        Channel<SecretStoreChange> watch = Channel.CreateUnbounded<SecretStoreChange>();
        ImmutableInterlocked.Update(ref _watches, (watches, added) => watches.Add(added), watch);
        // It may be one that was ended before, whose owner did not listen for a while.
        if (_hasMissed)
            watch.Writer.TryWrite(new SecretStoreChange(null));
        return watch;
    }

    internal void End(Channel<SecretStoreChange> watch) =>
        ImmutableInterlocked.Update(ref _watches, (watches, removed) => watches.Remove(removed), watch);

    internal void Tell(IReadOnlyList<SecretStoreChange> changes)
    {
        foreach (Channel<SecretStoreChange> watch in _watches)
        {
            foreach (SecretStoreChange change in changes)
                watch.Writer.TryWrite(change);
        }
    }

    /// <summary>Something may have been missed by who begins from now on.</summary>
    internal void NoteMissed() => _hasMissed = true;

    internal void EndAll(Exception error)
    {
        NoteMissed();
        foreach (Channel<SecretStoreChange> watch in _watches)
            watch.Writer.TryComplete(error);
    }
}
