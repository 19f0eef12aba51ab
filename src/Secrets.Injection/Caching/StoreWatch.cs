using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>Listens to a store that tells of changes by itself, and starts anew when it stops.</summary>
internal static class StoreWatch
{
    internal static async Task RunAsync(ISecretStore store, Action<SecretStoreChange> onChange, RefreshSchedule schedule, TimeProvider time, ILogger log, CancellationToken lifetime)
    {
        bool isAnew = false;
        for (int failures = 1; !lifetime.IsCancellationRequested; failures++)
        {
            try
            {
                IAsyncEnumerator<SecretStoreChange> changes = store.WatchAsync(lifetime).GetAsyncEnumerator(lifetime);
                await using ConfiguredAsyncDisposable ended = changes.ConfigureAwait(false);
                ValueTask<bool> next = changes.MoveNextAsync();
                // Whatever changed between the end of the last watch and the beginning of this one was missed by both.
                if (isAnew)
                    onChange(default);
                isAnew = true;
                while (await next.ConfigureAwait(false))
                {
                    failures = 0;
                    onChange(changes.Current);
                    next = changes.MoveNextAsync();
                }
            }
            catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
            {
                return;
            }
            catch (SecretException error)
            {
                ClientLog.WatchEnded(log, store.Name, error.Code);
            }

            if (lifetime.IsCancellationRequested) return;
            // Why it ended may be that something changed.
            onChange(default);
            try
            {
                await Task.Delay(schedule.BackoffAfter(Math.Max(1, failures)), time, lifetime).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
