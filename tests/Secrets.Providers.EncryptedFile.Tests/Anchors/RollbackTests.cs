namespace Secrets.Providers.EncryptedFile.Tests.Anchors;

internal sealed class RollbackTests
{
    private StoreBench _bench = null!;

    private string CopyPath => _bench.Directory["copy"];

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task An_older_copy_put_in_its_place_is_a_rollback()
    {
        await MakeOlderCopyAsync();
        File.Copy(CopyPath, _bench.Path, overwrite: true);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.OpenAsync())!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Corrupted, "rollback")));
    }

    [Test]
    public async Task A_truncated_file_is_a_rollback()
    {
        await MakeOlderCopyAsync();
        using (FileStream file = new(_bench.Path, FileMode.Open))
            file.SetLength(new FileInfo(CopyPath).Length);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.OpenAsync())!;
        Assert.That(refused.Reason, Is.EqualTo("rollback"));
    }

    [Test]
    public async Task A_copy_that_was_written_apart_is_a_fork()
    {
        await MakeOlderCopyAsync();
        // Elsewhere, where nothing is known of the other copy.
        using FileRollbackAnchor elsewhere = new(_bench.Directory["elsewhere"]);
        EncryptedFileOptions there = new(CopyPath) { Anchor = elsewhere };
        there.Unlock.Add(UnlockMethod.KeyFile(_bench.KeyPath));
        await using (EncryptedFileSecretStore copy = await EncryptedFileSecretStore.OpenAsync(there))
        {
            for (int i = 0; i < 5; i++)
                await copy.WriteAsync(StoreBench.Write(StoreBench.Db, $"apart {i}"), default);
        }

        File.Copy(CopyPath, _bench.Path, overwrite: true);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.OpenAsync())!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Corrupted, "fork")));
    }

    [Test]
    public async Task Under_the_warning_policy_it_opens_and_warns_each_time()
    {
        await MakeOlderCopyAsync();
        File.Copy(CopyPath, _bench.Path, overwrite: true);
        for (int i = 1; i <= 2; i++)
        {
            await using EncryptedFileSecretStore store = await _bench.OpenAsync(options => options.RollbackPolicy = RollbackPolicy.Warn);
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("old"));
            Assert.That(_bench.Warnings.Select(warning => warning.Reason), Is.EqualTo(Enumerable.Repeat("rollback", i)));
        }
    }

    [Test]
    public async Task Accepting_it_once_is_written_into_the_store_and_then_it_opens_as_before()
    {
        await MakeOlderCopyAsync();
        File.Copy(CopyPath, _bench.Path, overwrite: true);
        long before = new FileInfo(_bench.Path).Length;
        await using (EncryptedFileSecretStore accepting = await _bench.OpenAsync(options => options.RollbackPolicy = RollbackPolicy.AcceptOnce))
            Assert.That(accepting.Maintenance.GetAcceptedRollbacks(), Has.Count.EqualTo(1));
        Assert.That(new FileInfo(_bench.Path).Length, Is.GreaterThan(before));
        await using EncryptedFileSecretStore store = await _bench.OpenAsync();
        AcceptedRollback accepted = store.Maintenance.GetAcceptedRollbacks().Single();
        Assert.Multiple(() =>
        {
            Assert.That(accepted.By, Is.EqualTo($"{Environment.UserName}@{Environment.MachineName}"));
            Assert.That(accepted.AnchoredCommit, Is.EqualTo(4));
        });
        await store.Maintenance.CompactAsync();
        Assert.That(store.Maintenance.GetAcceptedRollbacks().Single(), Is.EqualTo(accepted), "Compaction keeps the record.");
    }

    [Test]
    public async Task An_older_copy_put_in_place_while_the_store_is_open_is_noticed()
    {
        await MakeOlderCopyAsync();
        Testing.ManualTimeProvider time = new();
        await using EncryptedFileSecretStore store = await _bench.OpenAsync(options => options.TimeProvider = time);
        File.Move(CopyPath, _bench.Path, overwrite: true);
        time.Advance(TimeSpan.FromSeconds(1));
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await store.ReadAsync([new SecretRead(StoreBench.Db)], default))!;
        SecretException write = Assert.ThrowsAsync<SecretException>(async () => await store.WriteAsync(StoreBench.Write(StoreBench.Db, "lost"), default))!;
        Assert.That((refused.Reason, write.Reason), Is.EqualTo(("rollback", "rollback")));
    }

    [Test]
    public async Task An_anchor_that_lags_is_no_reason_for_alarm()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        Guid id = store.Maintenance.GetStatus().StoreId;
        byte[] lagging = _bench.Anchor.Read(id)!.Value.ToArray();
        for (int i = 0; i < 10; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"{i}"), default);
        await store.Maintenance.CompactAsync();
        _bench.Anchor.Write(id, lagging);
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("9"));
    }

    [Test]
    public async Task An_anchor_that_cannot_be_written_warns_once_and_stops_nothing()
    {
        await File.WriteAllTextAsync(_bench.Directory["not-a-directory"], "");
        using FileRollbackAnchor anchor = new(_bench.Directory["not-a-directory", "anchors"]);
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.Anchor = anchor);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "1"), default);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "2"), default);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("2"));
        Assert.That(_bench.Warnings, Has.Count.EqualTo(1));
    }

    private async Task MakeOlderCopyAsync()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "old"), default);
        File.Copy(_bench.Path, CopyPath);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "new"), default);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "newer"), default);
    }
}
