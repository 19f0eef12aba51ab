namespace Secrets.Providers.EncryptedFile.Tests.Anchors;

/// <summary>A backup from before a key rotation takes the place of an open store: from then on its own epochs are in force.</summary>
internal sealed class RestoredEpochTests
{
    private readonly Testing.ManualTimeProvider _time = new();
    private RollbackBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new RollbackBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task What_is_written_then_is_sealed_under_an_epoch_that_the_file_has([Values(RollbackPolicy.Warn, RollbackPolicy.AcceptOnce)] RollbackPolicy policy)
    {
        await _bench.MakeAsync();
        await using (EncryptedFileSecretStore store = await OpenAsync(policy))
        {
            await store.Maintenance.RotateKeyAsync();
            Assert.That(store.Maintenance.GetStatus().KeyEpoch, Is.EqualTo(2));
            Put(_bench.OlderPath);
            Assert.That(store.Maintenance.GetStatus().KeyEpoch, Is.EqualTo(1));
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "written"), default);
        }

        await AssertOpensAsync("written");
    }

    [Test]
    public async Task A_file_that_was_rotated_elsewhere_has_an_epoch_of_the_same_number_and_another_key()
    {
        await _bench.MakeAsync();
        await RotateElsewhereAsync(_bench.OlderPath);
        await using (EncryptedFileSecretStore store = await OpenAsync(RollbackPolicy.Warn))
        {
            await store.Maintenance.RotateKeyAsync();
            Put(_bench.OlderPath);
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("old"));
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "written"), default);
        }

        await AssertOpensAsync("written");
    }

    [Test]
    public async Task It_can_be_compacted_and_rotated()
    {
        await _bench.MakeAsync();
        await using (EncryptedFileSecretStore store = await OpenAsync(RollbackPolicy.Warn))
        {
            await store.Maintenance.RotateKeyAsync();
            Put(_bench.OlderPath);
            await store.Maintenance.CompactAsync();
            await store.Maintenance.RotateKeyAsync();
            Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True);
            Assert.That(store.Maintenance.GetStatus().KeyEpoch, Is.EqualTo(2));
        }

        await AssertOpensAsync("old");
    }

    private void Put(string path)
    {
        File.Move(path, _bench.Store.Path, overwrite: true);
        _time.Advance(TimeSpan.FromMilliseconds(250));
    }

    private ValueTask<EncryptedFileSecretStore> OpenAsync(RollbackPolicy policy) => _bench.Store.OpenAsync(options =>
    {
        options.TimeProvider = _time;
        options.RollbackPolicy = policy;
    });

    private async Task RotateElsewhereAsync(string path)
    {
        using FileRollbackAnchor elsewhere = new(_bench.Store.Directory["elsewhere"]);
        EncryptedFileOptions options = new(path) { Anchor = elsewhere };
        options.Unlock.Add(UnlockMethod.KeyFile(_bench.Store.KeyPath));
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        await store.Maintenance.RotateKeyAsync();
    }

    private async Task AssertOpensAsync(string value)
    {
        await using EncryptedFileSecretStore again = await OpenAsync(RollbackPolicy.Warn);
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo(value));
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True);
    }
}
