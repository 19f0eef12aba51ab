using System.Collections.Immutable;
using System.Threading.Channels;

namespace Secrets;

/// <summary>Who watches the store. Each watch has its own queue, so a slow one holds nobody up and misses nothing.</summary>
internal sealed class StoreWatches
{
    private ImmutableArray<Channel<SecretStoreChange>> _watches = [];

    internal Channel<SecretStoreChange> Begin()
    {
        Channel<SecretStoreChange> watch = Channel.CreateUnbounded<SecretStoreChange>();
        ImmutableInterlocked.Update(ref _watches, (watches, added) => watches.Add(added), watch);
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

    internal void EndAll(Exception error)
    {
        foreach (Channel<SecretStoreChange> watch in _watches)
            watch.Writer.TryComplete(error);
    }
}
