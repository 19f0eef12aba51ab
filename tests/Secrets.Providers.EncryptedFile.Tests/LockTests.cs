namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>One writer at a time, whatever happens to the lock files, and everybody's turn comes.</summary>
internal sealed class LockTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task A_lock_file_that_was_deleted_and_locked_anew_by_another_is_noticed()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.LockTimeout = TimeSpan.Zero);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "1"), default);
        File.Delete(_bench.Path + ".lock");
        using (PhysicalFileOperations.Instance.TryOpenExclusive(_bench.Path + ".lock"))
        {
            SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await store.WriteAsync(StoreBench.Write(StoreBench.Db, "2"), default))!;
            Assert.That(refused.Reason, Is.EqualTo("locked"));
        }

        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "3"), default);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("3"));
    }

    [Test]
    public async Task Lock_files_that_were_deleted_are_made_anew()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        for (int i = 0; i < 3; i++)
        {
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"{i}"), default);
            File.Delete(_bench.Path + ".lock");
            File.Delete(_bench.Path + ".turn");
        }

        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "last"), default);
        Assert.That(File.Exists(_bench.Path + ".lock"), Is.True);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("last"));
    }

    [Test]
    public async Task Whoever_comes_back_waits_behind_the_one_who_is_next()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.LockTimeout = TimeSpan.Zero);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "1"), default);
        using (PhysicalFileOperations.Instance.TryOpenExclusive(_bench.Path + ".turn"))
        {
            SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await store.WriteAsync(StoreBench.Write(StoreBench.Db, "2"), default))!;
            Assert.That(refused.Reason, Is.EqualTo("locked"));
        }

        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "3"), default);
    }

    [Test]
    public async Task A_lock_that_was_given_back_is_free_for_others_although_its_file_stays_open()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "1"), default);
        using IStoreFile? held = PhysicalFileOperations.Instance.TryOpenExclusive(_bench.Path + ".lock");
        Assert.That(held, Is.Not.Null);
    }

    [Test]
    public async Task A_file_system_without_locks_is_read_and_refuses_writes()
    {
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync())
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "1"), default);
        await using EncryptedFileSecretStore without = await _bench.OpenAsync(options => options.Files = new FilesWithoutLocks());
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await without.WriteAsync(StoreBench.Write(StoreBench.Db, "2"), default))!;
        Assert.Multiple(() =>
        {
            Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unsupported, "lock-unsupported")));
            Assert.That(refused.Message, Does.Contain("move the store"));
        });
        Assert.That(await StoreBench.ReadAsync(without, StoreBench.Db), Is.EqualTo("1"));
    }

    [Test]
    public void A_lock_that_was_held_before_and_cannot_be_taken_any_more_is_not_taken_for_one_that_is_held()
    {
        bool? answer = true;
        using PhysicalLockFile file = new(_bench.Path + ".lock", _ => answer);
        Assert.That(file.TryTake(), Is.True);
        file.Release();
        answer = null;
        Assert.That(file.TryTake, Throws.InstanceOf<LockUnsupportedException>());
        answer = false;
        Assert.That(file.TryTake(), Is.False);
        answer = true;
        Assert.That(file.TryTake(), Is.True);
    }

    [Test]
    public async Task Closing_under_many_writers_ends_each_write_one_way_or_the_other()
    {
        EncryptedFileSecretStore store = await _bench.CreateAsync();
        TaskCompletionSource busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int written = 0;
        Task<int>[] writers = [.. Enumerable.Range(0, 64).Select(i => Task.Run(async () =>
        {
            for (int version = 0; ; version++)
            {
                try
                {
                    await store.WriteAsync(StoreBench.Write(SecretAddress.Public($"s{i}"), $"{version}"), default);
                }
                catch (ObjectDisposedException)
                {
                    return version - 1;
                }

                if (Interlocked.Increment(ref written) == 1000)
                    busy.SetResult();
            }
        }))];
        await busy.Task;
        await store.DisposeAsync();
        int[] last = await Task.WhenAll(writers).WaitAsync(TimeSpan.FromMinutes(1));
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        for (int i = 0; i < last.Length; i++)
            Assert.That(await StoreBench.ReadAsync(again, SecretAddress.Public($"s{i}")), Is.EqualTo(last[i] < 0 ? null : $"{last[i]}"));
    }
}
