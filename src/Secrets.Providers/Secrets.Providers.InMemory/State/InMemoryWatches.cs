using System.Collections.Immutable;
using System.Threading.Channels;

namespace Secrets;

/// <summary>Who watches the store. Each watch has its own queue, so a slow one holds nobody up and misses nothing.</summary>
internal sealed class InMemoryWatches
{
    private ImmutableArray<Watch> _watches = [];

    internal Watch Begin()
    {
        Watch watch = new(this);
        ImmutableInterlocked.Update(ref _watches, (watches, added) => watches.Add(added), watch);
        return watch;
    }

    internal void Tell(SecretStoreChange change)
    {
        foreach (Watch watch in _watches)
            watch.Queue.Writer.TryWrite(change);
    }

    internal void End(Exception error)
    {
        foreach (Watch watch in _watches)
            watch.Queue.Writer.TryComplete(error);
    }

    internal sealed class Watch(InMemoryWatches owner) : IDisposable
    {
        internal Channel<SecretStoreChange> Queue { get; } = Channel.CreateUnbounded<SecretStoreChange>();

        internal ChannelReader<SecretStoreChange> Changes => Queue.Reader;

        public void Dispose() => ImmutableInterlocked.Update(ref owner._watches, (watches, removed) => watches.Remove(removed), this);
    }
}
