namespace Secrets.Providers.EncryptedFile.Tests;

internal sealed class MaintenanceTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task Compaction_keeps_every_version_and_makes_the_file_smaller()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.MaxVersions = 3);
        await FillAsync(store);
        long before = new FileInfo(_bench.Path).Length;
        await store.Maintenance.CompactAsync();
        Assert.That(new FileInfo(_bench.Path).Length, Is.LessThan(before / 2));
        await CheckAsync(store);
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        await CheckAsync(again);
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task Another_open_store_goes_on_through_a_compaction()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.MaxVersions = 3);
        await using EncryptedFileSecretStore other = await _bench.OpenAsync();
        await FillAsync(store);
        await CheckAsync(other);
        await store.Maintenance.CompactAsync();
        await other.WriteAsync(StoreBench.Write(StoreBench.Db, "after the compaction"), default);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("after the compaction"));
        Assert.That(other.Maintenance.GetStatus().Generation, Is.EqualTo(1));
    }

    [Test]
    public async Task Key_rotation_leaves_only_the_new_epoch_and_every_value()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.MaxVersions = 3);
        await FillAsync(store);
        await store.Maintenance.RotateKeyAsync();
        Assert.That(store.Maintenance.GetStatus().KeyEpoch, Is.EqualTo(2));
        await CheckAsync(store);
        await store.Maintenance.RotateKeyAsync();
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(again.Maintenance.GetStatus().KeyEpoch, Is.EqualTo(3));
        await CheckAsync(again);
    }

    [Test]
    public async Task A_slot_can_be_added_used_and_removed_and_the_last_one_cannot()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
        string other = _bench.Directory["other.key"];
        UnlockSlot added = await store.Slots.AddAsync(UnlockMethod.KeyFile(other));
        await using (EncryptedFileSecretStore again = await _bench.OpenAsync(options => options.Unlock.Add(UnlockMethod.KeyFile(other))))
            Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("value"));

        await store.Slots.RemoveAsync(added.Id);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await _bench.OpenAsync(options => options.Unlock.Add(UnlockMethod.KeyFile(other))))!;
        SecretException last = Assert.ThrowsAsync<SecretException>(async () => await store.Slots.RemoveAsync(store.Slots.List()[0].Id))!;
        Assert.Multiple(() =>
        {
            Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-key")));
            Assert.That(last.Reason, Is.EqualTo("last-slot"));
        });
    }

    [Test]
    public async Task What_a_removed_slot_held_is_overwritten()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        UnlockSlot added = await store.Slots.AddAsync(UnlockMethod.KeyFile(_bench.Directory["other.key"]));
        Assert.That((await File.ReadAllBytesAsync(_bench.Path)).AsSpan().IndexOf(added.SealedRootKey.Span), Is.GreaterThan(0));
        await store.Slots.RemoveAsync(added.Id);
        Assert.That((await File.ReadAllBytesAsync(_bench.Path)).AsSpan().IndexOf(added.SealedRootKey.Span), Is.EqualTo(-1));
    }

    private static async Task FillAsync(EncryptedFileSecretStore store)
    {
        for (int i = 0; i < 40; i++)
        {
            for (int version = 0; version < 10; version++)
                await store.WriteAsync(StoreBench.Write(SecretAddress.Public($"s{i}"), $"{i} {version}"), default);
        }

        await store.DeleteAsync(new SecretDelete(SecretAddress.Public("s0")), default);
        await store.DeleteAsync(new SecretDelete(SecretAddress.Public("s1")) { Purge = true }, default);
        await store.DeleteAsync(new SecretDelete(SecretAddress.Public("s2")) { Version = new SecretVersion("9") }, default);
        await store.PromoteAsync(new SecretPromotion(SecretAddress.Public("s3"), new SecretVersion("8")), default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("moved"), "moved") with { MoveFrom = SecretAddress.Public("s4") }, default);
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("s5"), "pending") with { Pending = true }, default);
    }

    private static async Task CheckAsync(EncryptedFileSecretStore store)
    {
        Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public("s0")), Is.Null);
        Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public("s1")), Is.Null);
        Assert.That(await StatesAsync(store, "s2"), Is.EqualTo("10:Current 9:Destroyed 8:Previous"));
        Assert.That(await StatesAsync(store, "s3"), Is.EqualTo("10:Previous 9:Previous 8:Current"));
        Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public("s3")), Is.EqualTo("3 7"));
        Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public("s4")), Is.Null);
        Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public("moved")), Is.EqualTo("moved"));
        Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public("moved"), new SecretVersion("10")), Is.EqualTo("4 9"));
        Assert.That(await StatesAsync(store, "s5"), Is.EqualTo("11:Pending 10:Current 9:Previous"));
        for (int i = 6; i < 40; i++)
        {
            for (int version = 8; version <= 10; version++)
                Assert.That(await StoreBench.ReadAsync(store, SecretAddress.Public($"s{i}"), new SecretVersion($"{version}")), Is.EqualTo($"{i} {version - 1}"));
        }

        SecretPage deleted = await store.ListAsync(new SecretListing { IncludeDeleted = true, NamePrefix = "s0" }, default);
        Assert.That(deleted.Items.Single().DeletedOn, Is.Not.Null);
    }

    private static async Task<string> StatesAsync(EncryptedFileSecretStore store, string name)
    {
        SecretPage page = await store.ListVersionsAsync(SecretAddress.Public(name), null, default);
        return string.Join(' ', page.Items.Select(version => $"{version.Version}:{version.State}"));
    }
}
