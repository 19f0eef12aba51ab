namespace Secrets.Providers.EncryptedFile.Tests.Anchors;

/// <summary>Under the warning policy a file that was rolled back is used, and stays one that was rolled back until somebody accepts it.</summary>
internal sealed class WarnedRollbackTests
{
    private readonly Testing.ManualTimeProvider _time = new();
    private RollbackBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new RollbackBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [TestCase(1, "rollback")]
    [TestCase(8, "fork")]
    public async Task Writing_leaves_the_anchor_where_it_is(int writes, string reason)
    {
        await _bench.RollBackAsync();
        await using (EncryptedFileSecretStore store = await OpenWarnedAsync())
            await WriteAsync(store, writes);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.Store.OpenAsync())!;
        Assert.That(refused.Reason, Is.EqualTo(reason));
    }

    [Test]
    public async Task A_compaction_leaves_the_anchor_where_it_is()
    {
        await _bench.RollBackAsync();
        await using (EncryptedFileSecretStore store = await OpenWarnedAsync())
        {
            await store.Maintenance.CompactAsync();
            await WriteAsync(store, 8);
        }

        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.Store.OpenAsync())!;
        Assert.That(refused.Reason, Is.EqualTo("fork"));
    }

    [Test]
    public async Task Once_somebody_has_accepted_it_the_anchor_goes_on_and_the_warnings_end()
    {
        await _bench.RollBackAsync();
        await using (EncryptedFileSecretStore store = await OpenWarnedAsync())
        {
            await using (EncryptedFileSecretStore accepting = await _bench.Store.OpenAsync(options => options.RollbackPolicy = RollbackPolicy.AcceptOnce))
                Assert.That(accepting.Maintenance.GetAcceptedRollbacks(), Has.Count.EqualTo(1));
            await WriteAsync(store, 2);
        }

        File.Copy(_bench.Store.Path, _bench.OlderPath, overwrite: true);
        await using (EncryptedFileSecretStore store = await OpenWarnedAsync())
            await WriteAsync(store, 1);
        File.Copy(_bench.OlderPath, _bench.Store.Path, overwrite: true);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.Store.OpenAsync())!;
        Assert.That(refused.Reason, Is.EqualTo("rollback"), "The last write was anchored.");
    }

    [Test]
    public async Task Putting_the_right_file_back_ends_the_warnings()
    {
        await _bench.RollBackAsync();
        await using (EncryptedFileSecretStore store = await OpenWarnedAsync())
        {
            await WriteAsync(store, 8);
            _bench.Store.Warnings.Clear();
            File.Move(_bench.NewestPath, _bench.Store.Path, overwrite: true);
            _time.Advance(TimeSpan.FromMilliseconds(250));
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("newer"));
            await WriteAsync(store, 1);
        }

        Assert.That(_bench.Store.Warnings, Is.Empty);
        await using EncryptedFileSecretStore again = await _bench.Store.OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("written 0"));
    }

    private ValueTask<EncryptedFileSecretStore> OpenWarnedAsync() => _bench.Store.OpenAsync(options =>
    {
        options.RollbackPolicy = RollbackPolicy.Warn;
        options.TimeProvider = _time;
    });

    private static async Task WriteAsync(EncryptedFileSecretStore store, int writes)
    {
        for (int i = 0; i < writes; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"written {i}"), default);
    }
}
