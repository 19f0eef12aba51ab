using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>What happens to a store while it is being compacted, at a moment that the test chooses.</summary>
internal sealed class CompactionTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task Writers_wait_for_little_of_what_was_written_meanwhile()
    {
        const int values = 6;
        EncryptedFileSecretStore store = null!;
        bool wrote = false;
        long lengthAtLock = 0, lengthAtEnd = 0;
        string compacting = "";
        void OnStep(FileStep step)
        {
            if (!step.IsBefore && step.Call == FileCall.Create)
                compacting = step.Path;
            // The checkpoint is written: six megabytes come before the lock is taken.
            if (!wrote && step is { Call: FileCall.Sync, IsBefore: false } && step.Path == compacting)
            {
                wrote = true;
                Task.WhenAll(Enumerable.Range(0, values).Select(i => store.WriteAsync(StoreBench.Write(Big(i), new string('x', 1_000_000)), default).AsTask())).GetAwaiter().GetResult();
            }

            if (wrote && step is { Call: FileCall.Lock, IsBefore: false } && step.Path.EndsWith(".lock", StringComparison.Ordinal))
                lengthAtLock = new FileInfo(compacting).Length;
            if (step is { Call: FileCall.Replace, IsBefore: true })
                lengthAtEnd = new FileInfo(compacting).Length;
        }

        await using (store = await OpenAsync(OnStep))
        {
            await store.Maintenance.CompactAsync();
            Assert.That(store.Maintenance.GetStatus().Generation, Is.EqualTo(1));
            for (int i = 0; i < values; i++)
                Assert.That((await StoreBench.ReadAsync(store, Big(i)))!.Length, Is.EqualTo(1_000_000));
        }

        Assert.Multiple(() =>
        {
            Assert.That(lengthAtEnd, Is.GreaterThan(values * 1_000_000L));
            Assert.That(lengthAtEnd - lengthAtLock, Is.LessThanOrEqualTo(Compactor.ShortTail));
        });
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task A_secret_that_is_purged_while_it_is_copied_is_gone_from_the_new_file()
    {
        EncryptedFileSecretStore store = null!;
        bool purged = false;
        void OnStep(FileStep step)
        {
            if (purged || step.IsBefore || step.Call != FileCall.Create)
                return;
            purged = true;
            store.DeleteAsync(new SecretDelete(StoreBench.Db) { Purge = true }, default).AsTask().GetAwaiter().GetResult();
        }

        await using (store = await OpenAsync(OnStep))
        {
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
            await store.WriteAsync(StoreBench.Write(Big(0), "stays"), default);
            await store.Maintenance.CompactAsync();
            Assert.That(purged, Is.True);
            Assert.That(store.Maintenance.GetStatus().Generation, Is.EqualTo(1));
        }

        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.Null);
        Assert.That(await StoreBench.ReadAsync(again, Big(0)), Is.EqualTo("stays"));
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task A_slot_that_is_added_while_the_copy_is_made_is_kept()
    {
        EncryptedFileSecretStore store = null!;
        bool added = false;
        void OnStep(FileStep step)
        {
            if (added || step.IsBefore || step.Call != FileCall.Create)
                return;
            added = true;
            store.Slots.AddAsync(UnlockMethod.KeyFile(_bench.Directory["second.key"])).AsTask().GetAwaiter().GetResult();
            store.WriteAsync(StoreBench.Write(StoreBench.Db, "newer"), default).AsTask().GetAwaiter().GetResult();
        }

        await using (store = await OpenAsync(OnStep))
        {
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
            await store.Maintenance.CompactAsync();
        }

        Assert.That(added, Is.True);
        await using EncryptedFileSecretStore again = await _bench.OpenAsync(options => options.Unlock.Add(UnlockMethod.KeyFile(_bench.Directory["second.key"])));
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("newer"));
        Assert.That(again.Slots.List(), Has.Count.EqualTo(2));
        Assert.That(again.Maintenance.GetStatus().Generation, Is.EqualTo(1));
    }

    private static SecretAddress Big(int number) => SecretAddress.Public($"big{number}");

    // The callback is called for what the compaction does, not for what making the store does.
    private async ValueTask<EncryptedFileSecretStore> OpenAsync(Action<FileStep> onStep)
    {
        await using (EncryptedFileSecretStore created = await _bench.CreateAsync())
            _ = created.Name;
        return await _bench.OpenAsync(options =>
        {
            options.CompactFromBytes = null;
            options.Files = new InterceptedFileOperations(options.Files, onStep);
        });
    }
}
