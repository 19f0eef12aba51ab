using Microsoft.Extensions.DependencyInjection;
using Secrets.Leaks.Probing;
using Secrets.Testing;

namespace Secrets.Leaks.Paths;

/// <summary>What the client keeps, refreshes, rotates, mirrors and puts on disk, through faults of everything.</summary>
public static class ReadPathPaths
{
    [LeakPath]
    public static async Task Outage_staleness_and_changes(LeakProbe probe)
    {
        ManualTimeProvider time = new();
        await using InMemorySecretStore store = new(new InMemorySecretStoreOptions { TimeProvider = time });
        await using SecretsClient client = ClientPaths.Make(probe, store, builder => builder.Services.AddSingleton<TimeProvider>(time));
        store.Put(SecretAddress.Public("db"), Values(probe));
        probe.See(await client.GetSecretAsync("db"));
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = client.OnChange("db", change =>
        {
            probe.See(change);
            told.TrySetResult();
        });
        using IDisposable faulty = client.OnChange("db", change => throw new InvalidOperationException("a follower's own fault"));
        await client.UpdateSecretAsync("db", update => update.Set("user", probe.Canary()));
        await told.Task;
        using (store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable)))
        {
            for (int minute = 0; minute < 90; minute++)
            {
                time.Advance(TimeSpan.FromMinutes(1));
                client.TryGetSecret("db", out _);
            }

            await probe.FailsAsync(() => client.GetSecretAsync("db").AsTask());
        }
    }

    [LeakPath]
    public static async Task Rotation_that_works_fails_and_is_refused(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        await client.CreateSecretAsync("db", Values(probe));
        probe.See(await client.RotateSecretAsync(new SecretLookup("db"), new Rotator(probe, fails: false)));
        await probe.FailsAsync(() => client.RotateSecretAsync(new SecretLookup("db"), new Rotator(probe, fails: true)).AsTask());
        await probe.FailsAsync(() => client.UseSecretAsync("db", secret => throw new UnauthorizedAccessException("refused"), error => error is UnauthorizedAccessException).AsTask());
        probe.See(await client.GetPreviousSecretAsync(new SecretLookup("db")));
        probe.See(SecretPassword.Generate());
    }

    [LeakPath]
    public static async Task Offline_copies_in_an_encrypted_file(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("db"), Values(probe));
        for (int start = 0; start < 2; start++)
        {
            using IDisposable? outage = start == 0 ? null : store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
            await using SecretsClient client = ClientPaths.Make(probe, store, builder => builder.UseOfflineCopies(copies => copies.UseEncryptedFile(probe.Files["copies.secrets"], options =>
            {
                options.CreateIfMissing = true;
                options.Anchor = new FileRollbackAnchor(probe.Files["anchors"]);
                options.Unlock.Add(UnlockMethod.KeyFile(probe.Files["copies.key"]));
            })));
            SecretLookupResult result = (await client.GetSecretsAsync([new SecretLookup("db")]))[0];
            probe.See(result);
            Assert.That((result.Status, result.IsDegraded), Is.EqualTo((SecretReadStatus.Found, start == 1)), "the second start has only the copy");
        }
    }

    [LeakPath]
    public static async Task A_mirror_and_a_chain(LeakProbe probe)
    {
        await using InMemorySecretStore one = new(new InMemorySecretStoreOptions { Name = "one" });
        await using InMemorySecretStore two = new(new InMemorySecretStoreOptions { Name = "two" });
        await using InMemorySecretStore three = new(new InMemorySecretStoreOptions { Name = "three" });
        await using SecretsClient client = SecretsClient.Create(builder =>
        {
            ((SecretsBuilder)builder).AttachLogging(probe.Loggers);
            builder.UseMirrored(first => first.UseInMemory(one), second => second.UseInMemory(two)).UseInMemory(three).ConfigureClient(options => options.FallBackOnOutage = true);
        });
        using (two.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable)))
            probe.See(await client.CreateSecretAsync("db", Values(probe)));
        probe.See(await client.UpdateSecretAsync("db", update => update.Set("user", probe.Canary())));
        three.Put(SecretAddress.Public("far"), Values(probe));
        using (one.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable)))
            probe.See(await client.GetSecretsAsync([new SecretLookup("db"), new SecretLookup("far"), new SecretLookup("none")]));
    }

    private static SecretValues Values(LeakProbe probe) => new() { ["user"] = probe.Canary(), ["password"] = probe.PlainCanary(), ["keytab"] = SecretValue.FromBytes(probe.BinaryCanary()) };

    private sealed class Rotator(LeakProbe probe, bool fails) : ISecretRotator
    {
        public ValueTask<SecretValues> GenerateAsync(Secret current, CancellationToken cancellationToken) => ValueTask.FromResult(Values(probe));

        public ValueTask SetAsync(Secret current, Secret pending, CancellationToken cancellationToken)
        {
            probe.See(pending);
            return ValueTask.CompletedTask;
        }

        public ValueTask TestAsync(Secret current, Secret pending, CancellationToken cancellationToken) =>
            fails ? throw new InvalidOperationException("the new value does not work") : ValueTask.CompletedTask;
    }
}
