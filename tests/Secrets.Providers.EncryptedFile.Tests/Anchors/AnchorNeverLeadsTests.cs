using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests.Anchors;

/// <summary>A commit that is in the file and whose sync then fails: who has seen it meanwhile must not take its going for a rollback.</summary>
internal sealed class AnchorNeverLeadsTests
{
    private readonly Testing.ManualTimeProvider _time = new();
    private SimulatedDisk _disk = null!;

    [SetUp]
    public async Task SetUp() => _disk = await SimulatedStore.SmallAsync();

    [Test]
    public async Task Opening_does_not_anchor_a_commit_that_may_be_taken_back()
    {
        await using (EncryptedFileSecretStore writer = await OpenAsync())
        {
            await FailSyncAsync(writer, "lost", () =>
            {
                EncryptedFileSecretStore other = OpenAsync().AsTask().GetAwaiter().GetResult();
                Assert.That(other.Maintenance.GetStatus().Commits, Is.EqualTo(5), "It has read the commit.");
                other.DisposeAsync().AsTask().GetAwaiter().GetResult();
            });
        }

        await using EncryptedFileSecretStore again = await OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("three"));
    }

    [Test]
    public async Task Opening_anchors_what_a_dead_writer_left_only_when_it_is_on_the_medium()
    {
        // In the file, and never synced: its writer died before.
        byte[] before = _disk.BytesOf(SimulatedStore.Path);
        await using (EncryptedFileSecretStore writer = await OpenAsync())
            await writer.WriteAsync(StoreBench.Write(StoreBench.Db, "unsynced"), default);
        byte[] whole = _disk.BytesOf(SimulatedStore.Path);
        SimulatedDisk disk = new();
        disk.Overwrite(SimulatedStore.Path, before);
        using (IStoreFile file = disk.Open(SimulatedStore.Path, writable: true))
            file.Write(whole.AsSpan(before.Length), before.Length);
        await using (EncryptedFileSecretStore opener = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk)))
            Assert.That(await StoreBench.ReadAsync(opener, StoreBench.Db), Is.EqualTo("unsynced"));

        // The anchor's pages made it to the disk, and what was not synced of the file did not.
        SimulatedDisk after = disk.Fail(random: null);
        foreach (string anchor in disk.List("/disk/anchors", ""))
            after.Overwrite(anchor, disk.BytesOf(anchor));
        await using EncryptedFileSecretStore again = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(after));
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("unsynced"));
    }

    [Test]
    public async Task A_reader_that_saw_it_goes_on_without_it()
    {
        await using EncryptedFileSecretStore writer = await OpenAsync();
        await using EncryptedFileSecretStore reader = await OpenAsync();
        await FailSyncAsync(writer, "lost", () => AssertReads(reader, "lost"));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That(await StoreBench.ReadAsync(reader, StoreBench.Db), Is.EqualTo("three"));
        await writer.WriteAsync(StoreBench.Write(StoreBench.Db, "found"), default);
        Assert.That(await StoreBench.ReadAsync(reader, StoreBench.Db), Is.EqualTo("found"));
    }

    [TestCase("lost", "next!", Description = "longer")]
    [TestCase("lost", "next", Description = "of the same length")]
    [TestCase("lost, and long enough to be more than one block of sealing", "next", Description = "shorter")]
    public async Task A_reader_that_saw_it_sees_what_was_written_in_its_place(string lost, string next)
    {
        await using EncryptedFileSecretStore writer = await OpenAsync();
        await using EncryptedFileSecretStore reader = await OpenAsync();
        await FailSyncAsync(writer, lost, () => AssertReads(reader, lost));
        await writer.WriteAsync(StoreBench.Write(StoreBench.Db, next), default);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That(await StoreBench.ReadAsync(reader, StoreBench.Db), Is.EqualTo(next));
    }

    [TestCase("lost", "next!", 0, Description = "longer")]
    [TestCase("lost", "next", 0, Description = "of the same length")]
    [TestCase("lost, and long enough to be more than one block of sealing", "next", 0, Description = "shorter")]
    [TestCase("lost, and long enough to be more than one block of sealing", "next", 4096, Description = "shorter, and space reserved behind it")]
    public async Task Whoever_saw_it_and_writes_next_writes_behind_what_is_there(string lost, string next, int reserved)
    {
        await using (EncryptedFileSecretStore writer = await OpenAsync())
        await using (EncryptedFileSecretStore other = await OpenAsync())
        {
            await FailSyncAsync(writer, lost, () => AssertReads(other, lost));
            await writer.WriteAsync(StoreBench.Write(StoreBench.Db, next), default);
            if (reserved > 0)
                _disk.Append(SimulatedStore.Path, new byte[reserved]);
            await other.WriteAsync(StoreBench.Write(SecretAddress.Public("other"), "behind"), default);
        }

        await using EncryptedFileSecretStore again = await OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo(next));
        Assert.That(await StoreBench.ReadAsync(again, SecretAddress.Public("other")), Is.EqualTo("behind"));
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    private ValueTask<EncryptedFileSecretStore> OpenAsync()
    {
        EncryptedFileOptions options = SimulatedStore.Options(_disk);
        options.PollInterval = TimeSpan.FromMilliseconds(250);
        options.TimeProvider = _time;
        return EncryptedFileSecretStore.OpenAsync(options);
    }

    private static void AssertReads(EncryptedFileSecretStore store, string value) =>
        Assert.That(StoreBench.ReadAsync(store, StoreBench.Db).GetAwaiter().GetResult(), Is.EqualTo(value));

    // The frame is written; something happens; its sync fails.
    private async Task FailSyncAsync(EncryptedFileSecretStore writer, string value, Action meanwhile)
    {
        bool armed = true;
        _disk.OnCall = call =>
        {
            if (call != "before-sync" || !armed)
                return;
            armed = false;
            meanwhile();
            throw new IOException("Input/output error", 5);
        };
        SecretException failed = Assert.ThrowsAsync<SecretException>(async () => await writer.WriteAsync(StoreBench.Write(StoreBench.Db, value), default))!;
        _disk.OnCall = null;
        await Task.CompletedTask;
        Assert.That(failed.Reason, Is.EqualTo("io-error"), failed.ToString());
    }
}
