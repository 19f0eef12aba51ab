using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Secrets;

/// <summary>The changes of several stores as one stream. It ends with the first that ends.</summary>
internal static class ChainWatch
{
    internal static async IAsyncEnumerable<SecretStoreChange> Merge(ISecretStore[] stores, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<SecretStoreChange> changes = Channel.CreateUnbounded<SecretStoreChange>();
        Task[] watches = [.. stores.Select(store => PumpAsync(store, changes.Writer, ends.Token))];
        try
        {
            await foreach (SecretStoreChange change in changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return change;
        }
        finally
        {
            await ends.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(watches).ConfigureAwait(false);
        }
    }

    private static async Task PumpAsync(ISecretStore store, ChannelWriter<SecretStoreChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            // Versions are left out: they would have to be told apart by store, and the reader asks again anyway.
            await foreach (SecretStoreChange change in store.WatchAsync(cancellationToken).ConfigureAwait(false))
                changes.TryWrite(change with { Version = null });
            changes.TryComplete();
        }
        catch (Exception error)
        {
            // Cancelled or failed: the reader of the merged stream gets to know which.
            changes.TryComplete(error);
        }
    }
}
