using Secrets.Providers.EncryptedFile.Tests.Faults;
using Secrets.Providers.EncryptedFile.Tests.Format;
using Secrets.Testing;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>How many versions are kept is the store's to say, so that no writer destroys what another one wanted.</summary>
internal sealed class RetentionTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task A_store_that_says_nothing_keeps_a_hundred_versions()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        Assert.That(store.Maintenance.GetStatus().Retention, Is.EqualTo(new EncryptedFileRetention(100)));
        await WriteAsync(store, 101);
        Assert.That(await CountAsync(store), Is.EqualTo(100));
    }

    [Test]
    public async Task A_writer_that_knows_nothing_of_it_destroys_nothing_that_the_store_keeps()
    {
        await using EncryptedFileSecretStore host = await _bench.CreateAsync();
        await host.Maintenance.SetRetentionAsync(new EncryptedFileRetention(500));
        await WriteAsync(host, 120);
        await using EncryptedFileSecretStore tool = await _bench.OpenAsync();
        await WriteAsync(tool, 1);
        Assert.That(await CountAsync(host), Is.EqualTo(121));
        Assert.That(await StoreBench.ReadAsync(host, StoreBench.Db, new SecretVersion("1")), Is.EqualTo("value 1"));
    }

    [Test]
    public async Task It_outlasts_compaction_key_rotation_and_opening_anew()
    {
        EncryptedFileRetention retention = new(3, TimeSpan.FromDays(30));
        await using (EncryptedFileSecretStore store = await _bench.CreateAsync())
        {
            await store.Maintenance.SetRetentionAsync(retention);
            await store.Maintenance.CompactAsync();
            await store.Maintenance.RotateKeyAsync();
        }

        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(again.Maintenance.GetStatus(), Is.EqualTo(again.Maintenance.GetStatus() with { Generation = 2, Retention = retention }));
        await WriteAsync(again, 5);
        Assert.That(await CountAsync(again), Is.EqualTo(3));
    }

    [Test]
    public async Task Every_open_writer_obeys_it_from_its_next_write_on()
    {
        await using EncryptedFileSecretStore one = await _bench.CreateAsync();
        await using EncryptedFileSecretStore two = await _bench.OpenAsync();
        await WriteAsync(one, 6);
        await one.Maintenance.SetRetentionAsync(new EncryptedFileRetention(3));
        await WriteAsync(two, 1);
        Assert.That(await CountAsync(two), Is.EqualTo(3));
        await two.Maintenance.SetRetentionAsync(new EncryptedFileRetention(5));
        await WriteAsync(one, 4);
        Assert.That(await CountAsync(one), Is.EqualTo(5));
    }

    [Test]
    public async Task An_opener_that_says_so_goes_by_its_own()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(3));
        await using EncryptedFileSecretStore keen = await _bench.OpenAsync(options => options.MaxVersions = 5);
        await WriteAsync(keen, 8);
        Assert.That(await CountAsync(keen), Is.EqualTo(5));
        await WriteAsync(store, 1);
        Assert.That(await CountAsync(store), Is.EqualTo(3));
    }

    [Test]
    public async Task An_opener_that_wants_no_limit_of_age_has_none_whatever_the_store_says()
    {
        ManualTimeProvider time = new();
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => Calm(options, time));
        await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(10, TimeSpan.FromMinutes(30)));
        await using EncryptedFileSecretStore keen = await _bench.OpenAsync(options =>
        {
            Calm(options, time);
            options.MaxVersionAge = Timeout.InfiniteTimeSpan;
        });
        await WriteAsync(store, 2);
        time.Advance(TimeSpan.FromHours(1));
        await WriteAsync(keen, 1);
        Assert.That(await CountAsync(keen), Is.EqualTo(3));
        await WriteAsync(store, 1);
        Assert.That(await CountAsync(store), Is.EqualTo(2), "The current one, which is old, and the new one.");
    }

    [Test]
    public async Task An_age_beyond_all_dates_keeps_everything()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.MaxVersionAge = TimeSpan.MaxValue);
        await WriteAsync(store, 3);
        Assert.That(await CountAsync(store), Is.EqualTo(3));
    }

    [Test]
    public async Task What_a_store_is_created_with_is_what_it_says()
    {
        await using (EncryptedFileSecretStore host = await _bench.CreateAsync(options => (options.MaxVersions, options.MaxVersionAge) = (500, Timeout.InfiniteTimeSpan)))
            Assert.That(host.Maintenance.GetStatus().Retention, Is.EqualTo(new EncryptedFileRetention(500)));
        await using EncryptedFileSecretStore tool = await _bench.OpenAsync();
        Assert.That(tool.Maintenance.GetStatus().Retention, Is.EqualTo(new EncryptedFileRetention(500)));
    }

    [Test]
    public async Task Saying_the_same_again_writes_nothing()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(3));
        ulong commits = store.Maintenance.GetStatus().Commits;
        await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(3));
        Assert.That(store.Maintenance.GetStatus().Commits, Is.EqualTo(commits));
    }

    [TestCase(1, 60)]
    [TestCase(0, 60)]
    [TestCase(-5, 60)]
    [TestCase(2, 0)]
    [TestCase(2, -1)]
    public async Task What_no_store_can_keep_is_refused(int versions, int seconds)
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        EncryptedFileStatus before = store.Maintenance.GetStatus();
        SecretException refused = Assert.ThrowsAsync<SecretException>(
            async () => await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(versions, TimeSpan.FromSeconds(seconds))))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "retention")));
        Assert.That(store.Maintenance.GetStatus(), Is.EqualTo(before));
    }

    [Test]
    public void Options_that_no_store_can_keep_are_refused()
    {
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _bench.CreateAsync(options => options.MaxVersions = 1));
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _bench.CreateAsync(options => options.MaxVersionAge = TimeSpan.Zero));
        Assert.That(File.Exists(_bench.Path), Is.False);
    }

    [Test]
    public async Task Pruning_destroys_now_what_the_policy_lets_go()
    {
        SecretAddress other = SecretAddress.Public("other");
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await WriteAsync(store, 6);
        await store.WriteAsync(StoreBench.Write(other, "alone"), default);
        VersionEntry oldest = store.CurrentState.Index.Live(StoreBench.Db)!.Versions[0];
        Assert.That(await store.Maintenance.PruneAsync(), Is.Zero);

        await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(2));
        Assert.That(await CountAsync(store), Is.EqualTo(6), "Setting alone destroys nothing.");
        Assert.That(await store.Maintenance.PruneAsync(), Is.EqualTo(4));
        Assert.That(await store.Maintenance.PruneAsync(), Is.Zero);
        byte[] share = (await File.ReadAllBytesAsync(_bench.Path))[(int)oldest.SharePosition..(int)(oldest.SharePosition + PutBody.ShareLength)];
        Assert.Multiple(async () =>
        {
            Assert.That(share, Is.All.Zero);
            Assert.That(await CountAsync(store), Is.EqualTo(2));
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("value 6"));
            Assert.That(await StoreBench.ReadAsync(store, other), Is.EqualTo("alone"));
            Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True);
        });
    }

    [Test]
    public async Task Pruning_goes_by_age_too_and_leaves_the_current_one()
    {
        ManualTimeProvider time = new();
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => Calm(options, time));
        await WriteAsync(store, 3);
        await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(100, TimeSpan.FromMinutes(30)));
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.That(await store.Maintenance.PruneAsync(), Is.Zero, "They are as old as they may be, and not older.");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await store.Maintenance.PruneAsync(), Is.EqualTo(2));
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("value 3"));
    }

    [Test]
    public async Task A_store_that_is_only_read_is_neither_told_nor_pruned()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        disk.OnCall = call =>
        {
            if (call == "before-open-writable")
                throw new IOException("Read-only file system", 30);
        };
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
        SecretException told = Assert.ThrowsAsync<SecretException>(async () => await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(5)))!;
        SecretException pruned = Assert.ThrowsAsync<SecretException>(async () => await store.Maintenance.PruneAsync())!;
        Assert.That((told.Reason, pruned.Reason), Is.EqualTo(("read-only", "read-only")));
    }

    [Test]
    public async Task The_independent_decoder_reads_it([Values] bool compacted)
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.Maintenance.SetRetentionAsync(new EncryptedFileRetention(500, TimeSpan.FromDays(30)));
        if (compacted)
            await store.Maintenance.CompactAsync();
        Assert.That(IndependentDecoder.RetentionOf(await File.ReadAllBytesAsync(_bench.Path), KeyOf(_bench.KeyPath)), Is.EqualTo((500u, TimeSpan.FromDays(30).Ticks)));
    }

    private static byte[] KeyOf(string path) => System.Buffers.Text.Base64Url.DecodeFromChars(File.ReadAllText(path).Trim().AsSpan("secrets-key-1:".Length));

    private static void Calm(EncryptedFileOptions options, ManualTimeProvider time)
    {
        options.TimeProvider = time;
        options.PollInterval = TimeSpan.FromMinutes(1);
    }

    private static async Task WriteAsync(EncryptedFileSecretStore store, int count)
    {
        for (int i = 1; i <= count; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"value {i}"), default);
    }

    private static async Task<int> CountAsync(EncryptedFileSecretStore store)
    {
        int count = 0;
        string? token = null;
        do
        {
            SecretPage page = await store.ListVersionsAsync(StoreBench.Db, token, default);
            count += page.Items.Count;
            token = page.ContinuationToken;
        }
        while (token is not null);
        return count;
    }
}
