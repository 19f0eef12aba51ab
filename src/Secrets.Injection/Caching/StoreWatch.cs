using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>Listens to a store that tells of changes by itself, and starts anew when it stops.</summary>
internal static class StoreWatch
{
    internal static async Task RunAsync(ISecretStore store, Action<SecretStoreChange> onChange, RefreshSchedule schedule, TimeProvider time, ILogger log, CancellationToken lifetime)
    {
        for (int failures = 1; !lifetime.IsCancellationRequested; failures++)
        {
            try
            {
                await foreach (SecretStoreChange change in store.WatchAsync(lifetime).ConfigureAwait(false))
                {
                    failures = 0;
                    onChange(change);
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
            // Whatever changed while nobody listened was missed.
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
