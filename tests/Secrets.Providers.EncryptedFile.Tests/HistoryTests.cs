using Secrets.Testing;

namespace Secrets.Providers.EncryptedFile.Tests;

internal sealed class HistoryTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task Old_versions_are_read_by_version_and_rolled_back_to()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        for (int i = 1; i <= 3; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"value {i}"), default);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db, new SecretVersion("1")), Is.EqualTo("value 1"));
        await store.PromoteAsync(new SecretPromotion(StoreBench.Db, new SecretVersion("1"), SecretCondition.At(new SecretVersion("3"))), default);
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("value 1"));
        Assert.That((await again.WriteAsync(StoreBench.Write(StoreBench.Db, "value 4"), default)).Version.Value, Is.EqualTo("4"));
    }

    [Test]
    public async Task The_oldest_previous_versions_go_when_there_are_too_many()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.MaxVersions = 3);
        for (int i = 1; i <= 10; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"value {i}"), default);
        Assert.That(await VersionsAsync(store), Is.EqualTo("10 9 8"));
    }

    [Test]
    public async Task The_current_version_stays_however_old_it_is()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.MaxVersions = 2);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "current"), default);
        for (int i = 0; i < 5; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "pending") with { Pending = true }, default);
        Assert.That(await VersionsAsync(store), Is.EqualTo("6 1"));
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("current"));
    }

    [Test]
    public async Task Previous_versions_older_than_the_policy_go_at_the_next_write()
    {
        ManualTimeProvider time = new();
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options =>
        {
            options.TimeProvider = time;
            options.PollInterval = TimeSpan.FromMinutes(1);
            options.MaxVersionAge = TimeSpan.FromMinutes(30);
        });
        for (int i = 1; i <= 4; i++)
        {
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"value {i}"), default);
            time.Advance(TimeSpan.FromMinutes(20));
        }

        // Written in minutes 0, 20, 40, 60; now it is minute 80.
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value 5"), default);
        Assert.That(await VersionsAsync(store), Is.EqualTo("5 4"));
    }

    [Test]
    public async Task A_destroyed_version_cannot_be_read_from_an_old_index_with_the_keys_at_hand()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "canary-value old"), default);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "new"), default);
        LogState state = store.CurrentState;
        VersionEntry old = state.Index.Live(StoreBench.Db)!.Versions[0];
        Assert.That(SealedPut.TryOpen(state, old), Is.Not.Null);
        await store.DeleteAsync(new SecretDelete(StoreBench.Db) { Version = new SecretVersion("1") }, default);
        byte[] share = (await File.ReadAllBytesAsync(_bench.Path))[(int)old.SharePosition..(int)(old.SharePosition + PutBody.ShareLength)];
        Assert.Multiple(() =>
        {
            Assert.That(share, Is.All.Zero);
            Assert.That(SealedPut.TryOpen(state, old), Is.Null, "Its record is there, its key is not.");
        });
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("new"));
    }

    [Test]
    public async Task A_name_that_is_used_again_is_never_at_a_version_that_it_was_at_before()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        HashSet<string> seen = [];
        foreach (bool purge in new[] { true, false, true, false })
        {
            for (int i = 0; i < 2; i++)
                Assert.That(seen.Add((await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default)).Version.Value), Is.True);
            await store.DeleteAsync(new SecretDelete(StoreBench.Db) { Purge = purge }, default);
            await store.Maintenance.CompactAsync();
        }

        SecretAddress other = SecretAddress.Public("other");
        SecretProperties written = await store.WriteAsync(StoreBench.Write(other, "value"), default);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "moved") with { MoveFrom = other }, default);
        SecretPage versions = await store.ListVersionsAsync(StoreBench.Db, null, default);
        Assert.That(seen, Has.No.Member(versions.Items[0].Version.Value));
        Assert.That(versions.Items[^1].Version, Is.EqualTo(written.Version), "A move takes the history along.");
    }

    private static async Task<string> VersionsAsync(EncryptedFileSecretStore store) =>
        string.Join(' ', (await store.ListVersionsAsync(StoreBench.Db, null, default)).Items.Select(version => version.Version.Value));
}
