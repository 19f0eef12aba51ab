namespace Secrets.Providers.EncryptedFile.Tests.Slots;

/// <summary>Several processes that start for the first time at once make one store with one key, and nothing that one of them was told is lost.</summary>
internal sealed class FirstStartTests
{
    private const int Rounds = 25;
    private const int Starters = 4;

    [Test]
    public async Task Many_that_start_first_at_once_share_one_store_and_one_key()
    {
        for (int round = 0; round < Rounds; round++)
        {
            using StoreBench bench = new();
            using Barrier together = new(Starters);
            await Task.WhenAll(Enumerable.Range(0, Starters).Select(starter => Task.Factory.StartNew(
                () => StartAsync(bench, together, starter), default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            await using EncryptedFileSecretStore store = await bench.OpenAsync();
            for (int starter = 0; starter < Starters; starter++)
                Assert.That(await StoreBench.ReadAsync(store, Name(starter)), Is.EqualTo($"of {starter}"), $"round {round}");
            Assert.That(store.Slots.List(), Has.Count.EqualTo(1), $"round {round}");
            Assert.That(Directory.EnumerateFiles(bench.Directory.Path, "*.creating-*"), Is.Empty, $"round {round}");
        }
    }

    // Options of its own, and so files and locks of its own: what another process would have.
    private static async Task StartAsync(StoreBench bench, Barrier together, int starter)
    {
        using FileRollbackAnchor anchor = new(bench.AnchorDirectory);
        EncryptedFileOptions options = new(bench.Path) { CreateIfMissing = true, Anchor = anchor, LockTimeout = TimeSpan.FromMinutes(1) };
        options.Unlock.Add(UnlockMethod.KeyFile(bench.KeyPath));
        together.SignalAndWait();
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        await store.WriteAsync(StoreBench.Write(Name(starter), $"of {starter}"), default);
    }

    private static SecretAddress Name(int starter) => SecretAddress.Public($"starter-{starter}");
}
