using System.Diagnostics;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>A process that dies with the store's lock in its hands.</summary>
internal sealed class DeadOwnerTests
{
    private static int Takeovers => Soak.Scaled("SECRETS_SOAK_TAKEOVERS", 2);

    [Test]
    public async Task The_lock_of_a_dead_owner_is_taken_over()
    {
        using StoreBench bench = new();
        await using EncryptedFileSecretStore store = await bench.CreateAsync(options => options.LockTimeout = TimeSpan.FromMinutes(2));
        await using EncryptedFileSecretStore impatient = await bench.OpenAsync(options => options.LockTimeout = TimeSpan.Zero);
        List<double> waits = [];
        for (int i = 0; i < Takeovers; i++)
        {
            using ChildProcess owner = new(bench, "lock", "-");
            await owner.SaidEnough;
            Assert.That(owner.Lines, Is.EqualTo(new[] { "held" }), owner.Errors);
            SecretException locked = Assert.ThrowsAsync<SecretException>(async () => await impatient.WriteAsync(StoreBench.Write(StoreBench.Db, "too early"), default))!;
            Assert.That(locked.Reason, Is.EqualTo("locked"), "The owner lives, and has the lock.");
            Task<SecretProperties> write = store.WriteAsync(StoreBench.Write(StoreBench.Db, $"after {i}"), default).AsTask();
            long killed = Stopwatch.GetTimestamp();
            await owner.KillAsync();
            await write.WaitAsync(TimeSpan.FromMinutes(1));
            waits.Add(Stopwatch.GetElapsedTime(killed).TotalMilliseconds);
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo($"after {i}"));
        }

        waits.Sort();
        Soak.Report($"{Takeovers} dead owners; from the kill to the write acknowledged: median {waits[waits.Count / 2]:0.0} ms, longest {waits[^1]:0.0} ms");
    }
}
