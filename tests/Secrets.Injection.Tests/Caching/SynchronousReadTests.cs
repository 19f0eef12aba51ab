using System.Collections.Concurrent;
using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Caching;

[TestFixture]
internal sealed class SynchronousReadTests
{
    [Test]
    public async Task Synchronous_calls_do_not_deadlock_under_a_single_threaded_synchronization_context()
    {
        using SingleThread thread = new();
        Task<bool> run = thread.Run(() =>
        {
            using SecretsClient client = SecretsClient.Create(builder => builder.UseStore(_ => new Yielding(new InMemorySecretStore(new InMemorySecretStoreOptions { Features = ClientRig.NoWatch }))));
            client.CreateSecret("db", ClientRig.Key("1"));
            client.UpdateSecret("db", update => update.Set("key", "2"));
            client.RenameSecret("db", "database");
            string cold = ClientRig.KeyOf(client.GetSecret("database"));
            string warm = ClientRig.KeyOf(client.GetSecret("database"));
            string restricted = ClientRig.KeyOf(client.GetSecret(new SecretLookup("database") { Visibility = SecretVisibility.Public }));
            int listed = client.ListSecrets().Count;
            client.DeleteSecret("database");
            return (cold, warm, restricted, listed) == ("2", "2", "2", 1);
        }).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.That(await run, Is.True);
    }

    /// <summary>A store that never completes at once and, like a careless one, captures whatever context it is called in.</summary>
    private sealed class Yielding(ISecretStore inner) : DelegatingSecretStore(inner)
    {
        public override async ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return await Inner.ReadAsync(reads, cancellationToken);
        }

        public override async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return await Inner.WriteAsync(write, cancellationToken);
        }

        public override async ValueTask DisposeAsync()
        {
            await Task.Yield();
            await base.DisposeAsync();
        }
    }

    private sealed class SingleThread : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

        internal SingleThread() => new Thread(() =>
        {
            SetSynchronizationContext(this);
            foreach ((SendOrPostCallback callback, object? state) in _posted.GetConsumingEnumerable())
                callback(state);
        })
        { IsBackground = true }.Start();

        internal Task<bool> Run(Func<bool> work)
        {
            TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Post(_ =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (Exception error)
                {
                    done.SetException(error);
                }
            }, null);
            return done.Task;
        }

        public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

        public void Dispose() => _posted.CompleteAdding();
    }
}
