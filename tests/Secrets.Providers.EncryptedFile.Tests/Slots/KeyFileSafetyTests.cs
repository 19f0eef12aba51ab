using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Slots;

/// <summary>A key file that may open a store is never deleted, whatever fails around it.</summary>
internal sealed class KeyFileSafetyTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task A_key_file_outlives_a_replacement_whose_old_slot_could_not_be_overwritten()
    {
        string key = _bench.Directory["new.key"];
        FailingOverwrites failing = new();
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.Files = failing.Files))
        {
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
            failing.Arm();
            await store.Slots.ReplaceAsync(store.Slots.List()[0].Id, UnlockMethod.KeyFile(key));
            failing.Disarm();
        }

        Assert.That(_bench.Warnings.Select(warning => warning.Reason), Is.EqualTo(new[] { "not-overwritten" }));
        await using EncryptedFileSecretStore again = await _bench.OpenAsync(options => options.Unlock.Add(UnlockMethod.KeyFile(key)));
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("value"));
    }

    [Test]
    public async Task A_method_that_was_used_before_does_not_take_its_key_away_when_it_fails_later()
    {
        UnlockMethod method = UnlockMethod.KeyFile(_bench.Directory["second.key"]);
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.LockTimeout = TimeSpan.Zero))
        {
            UnlockSlot first = store.Slots.List()[0];
            await store.Slots.AddAsync(method);
            using (IStoreFile? held = PhysicalFileOperations.Instance.TryOpenExclusive(_bench.Path + ".turn"))
            {
                SecretException locked = Assert.ThrowsAsync<SecretException>(async () => await store.Slots.ReplaceAsync(first.Id, method))!;
                Assert.That(locked.Reason, Is.EqualTo("locked"));
            }

            await store.Slots.RemoveAsync(first.Id);
        }

        await using EncryptedFileSecretStore again = await _bench.OpenAsync(options => options.Unlock.Add(method));
        Assert.That(again.Slots.List(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_store_that_could_not_be_made_leaves_the_key_that_another_store_shares()
    {
        UnlockMethod shared = UnlockMethod.KeyFile(_bench.KeyPath);
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.Unlock.Add(shared)))
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
        EncryptedFileOptions second = new(_bench.Directory["second.secrets"])
        {
            Files = new InterceptedFileOperations(PhysicalFileOperations.Instance, step =>
            {
                if (step is { Call: FileCall.MoveNew, IsBefore: true } && step.Path.EndsWith("second.secrets", StringComparison.Ordinal))
                    throw new IOException("No space left on device", 28);
            }),
        };
        second.Unlock.Add(shared);
        SecretException full = Assert.ThrowsAsync<SecretException>(async () => await EncryptedFileSecretStore.CreateAsync(second))!;
        Assert.That(full.Reason, Is.EqualTo("disk-full"));
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("value"));
    }

    [Test]
    public async Task Of_two_processes_that_start_first_the_one_that_comes_second_leaves_the_key_of_the_one_that_won()
    {
        bool raced = false;
        EncryptedFileOptions late = _bench.Options(options => options.CreateIfMissing = true);
        late.Files = new InterceptedFileOperations(PhysicalFileOperations.Instance, step =>
        {
            // The other one comes here when our key is there and our store is not.
            if (raced || step is not { Call: FileCall.MoveNew, IsBefore: true } || step.Path != _bench.Path)
                return;
            raced = true;
            Task.Run(WinAsync).GetAwaiter().GetResult();
        });
        await using (EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(late))
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("the winner's"));
        Assert.That(raced, Is.True);
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("the winner's"));
    }

    [Test]
    public async Task A_store_whose_name_could_not_be_synced_is_left_to_those_who_use_it_already()
    {
        bool raced = false;
        EncryptedFileOptions late = _bench.Options();
        late.Files = new InterceptedFileOperations(PhysicalFileOperations.Instance, step =>
        {
            if (raced || step is not { Call: FileCall.SyncDirectory, IsBefore: true } || !File.Exists(_bench.Path))
                return;
            raced = true;
            Task.Run(WinAsync).GetAwaiter().GetResult();
            throw new IOException("Input/output error", 5);
        });
        SecretException failed = Assert.ThrowsAsync<SecretException>(async () => await EncryptedFileSecretStore.CreateAsync(late))!;
        Assert.That(failed.Reason, Is.EqualTo("io-error"));
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("the winner's"));
    }

    private async Task WinAsync()
    {
        await using EncryptedFileSecretStore winner = await _bench.OpenAsync(options => options.CreateIfMissing = true);
        await winner.WriteAsync(StoreBench.Write(StoreBench.Db, "the winner's"), default);
    }
}
