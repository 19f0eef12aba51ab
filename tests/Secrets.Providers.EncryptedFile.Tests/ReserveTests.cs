using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>Space that a writer makes ahead: who makes it, who goes on in it, who gives it back, and that nobody fails for want of it.</summary>
internal sealed class ReserveTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task Who_writes_little_makes_none_and_who_writes_much_makes_as_much_again()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync();
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, new string('x', 10_000)), default);
        Assert.That(Length, Is.EqualTo(store.CurrentState.End));
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, new string('x', 10_000)), default);
        Assert.That(Length - store.CurrentState.End, Is.InRange(16 * 1024, 32 * 1024));
        long length = Length;
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, new string('x', 10_000)), default);
        Assert.That(Length, Is.EqualTo(length), "The commit went into the reserve.");
        for (int i = 0; i < 4; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, new string('x', 1_000_000)), default);
        Assert.That(Length - store.CurrentState.End, Is.LessThanOrEqualTo(Reserve.Most));
        Assert.That(store.Maintenance.GetStatus().FileBytes, Is.EqualTo(store.CurrentState.End), "It is not counted.");
    }

    [Test]
    public async Task Closing_gives_it_back()
    {
        long end;
        await using (EncryptedFileSecretStore store = await CreateAsync())
        {
            end = await WriteAsync(store, "1");
            Assert.That(Length, Is.GreaterThan(end));
        }

        Assert.That(Length, Is.EqualTo(end));
        await AssertHoldsAsync("1");
    }

    [Test]
    public async Task Closing_leaves_it_to_whoever_has_the_lock()
    {
        long length;
        EncryptedFileSecretStore store = await CreateAsync();
        await WriteAsync(store, "1");
        length = Length;
        using (PhysicalFileOperations.Instance.TryOpenExclusive(_bench.Path + ".lock"))
            await store.DisposeAsync();
        Assert.That(Length, Is.EqualTo(length));
        await AssertHoldsAsync("1");
    }

    [Test]
    public async Task Closing_keeps_what_another_store_has_written_into_it()
    {
        EncryptedFileSecretStore one = await CreateAsync();
        await WriteAsync(one, "1");
        await using EncryptedFileSecretStore other = await _bench.OpenAsync();
        long end = await WriteAsync(other, "2");
        await one.DisposeAsync();
        Assert.That(Length, Is.EqualTo(end));
        Assert.That(await StoreBench.ReadAsync(other, StoreBench.Db), Is.EqualTo("2"));
        await WriteAsync(other, "3");
        await AssertHoldsAsync("3");
    }

    [Test]
    public async Task The_next_writer_goes_on_in_what_a_dead_one_left()
    {
        await using (EncryptedFileSecretStore store = await CreateAsync())
        {
            await WriteAsync(store, "1");
            // What a kill at this moment leaves.
            File.Copy(_bench.Path, _bench.Directory["killed"]);
        }

        File.Move(_bench.Directory["killed"], _bench.Path, overwrite: true);
        long length = Length;
        await using (EncryptedFileSecretStore next = await _bench.OpenAsync())
        {
            Assert.That(Length, Is.EqualTo(length), "Opening leaves it.");
            Assert.That(await WriteAsync(next, "2"), Is.LessThan(length));
            Assert.That(Length, Is.EqualTo(length));
        }

        await AssertHoldsAsync("2");
    }

    [Test]
    public async Task A_store_that_is_open_for_reading_only_sees_what_is_written_into_it()
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        await using EncryptedFileSecretStore writer = await EncryptedFileSecretStore.CreateAsync(SimulatedStore.Options(disk));
        await WriteAsync(writer, "1");
        disk.OnCall = call =>
        {
            if (call == "before-open-writable")
                throw new IOException("Read-only file system", 30);
        };
        await using EncryptedFileSecretStore reader = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
        disk.OnCall = null;
        Assert.That(reader.IsReadOnly, Is.True);
        for (int i = 2; i < 40; i++)
        {
            await WriteAsync(writer, $"{i}");
            Assert.That(await StoreBench.ReadAsync(reader, StoreBench.Db), Is.EqualTo($"{i}"));
        }

        Assert.That((await reader.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task A_compaction_leads_who_has_the_old_file_open_to_the_new_one_at_the_next_read()
    {
        await using EncryptedFileSecretStore writer = await CreateAsync();
        await WriteAsync(writer, "1");
        // Its regular look is a minute away.
        await using EncryptedFileSecretStore reader = await _bench.OpenAsync(options => options.PollInterval = TimeSpan.FromMinutes(1));
        for (int generation = 1; generation <= 3; generation++)
        {
            await writer.Maintenance.CompactAsync();
            await WriteAsync(writer, $"after {generation}");
            Assert.That(await StoreBench.ReadAsync(reader, StoreBench.Db), Is.EqualTo($"after {generation}"));
            Assert.That(reader.CurrentState.Header.Generation, Is.EqualTo(generation));
            await reader.WriteAsync(StoreBench.Write(StoreBench.Db, $"back {generation}"), default);
            Assert.That(await StoreBench.ReadAsync(writer, StoreBench.Db), Is.EqualTo($"back {generation}"));
        }
    }

    [Test]
    public async Task A_disk_that_is_too_full_for_it_takes_the_commit_and_is_not_asked_again([Values] bool cannotBeCut)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        EncryptedFileOptions options = SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor());
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(options);
        int writes = 0;
        disk.OnCall = call =>
        {
            if (call == "before-write" && ++writes == 2)
                throw new DiskFullException();
            if (call == "before-set-length" && cannotBeCut)
                throw new IOException("Input/output error", 5);
        };
        await WriteAsync(store, "1");
        Assert.That(disk.BytesOf(SimulatedStore.Path).AsSpan((int)store.CurrentState.End).ContainsAnyExcept((byte)0), Is.False);
        Assert.That(writes, Is.EqualTo(2));
        await WriteAsync(store, "2");
        Assert.That(writes, Is.EqualTo(3), "The second commit wrote itself and nothing else.");
        await using EncryptedFileSecretStore other = await EncryptedFileSecretStore.OpenAsync(options);
        Assert.That(await StoreBench.ReadAsync(other, StoreBench.Db), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_disk_that_says_at_the_sync_that_it_is_too_full_fails_one_commit_at_most()
    {
        SimulatedDisk disk = new() { ReservesAtOnce = true };
        EncryptedFileOptions options = SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor());
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(options);
        long most = store.CurrentState.End + 4000;
        disk.OnCall = call =>
        {
            if (call == "before-sync" && disk.BytesOf(SimulatedStore.Path).Length > most)
                throw new IOException("Disk quota exceeded", 122);
        };
        SecretException full = Assert.ThrowsAsync<SecretException>(() => WriteAsync(store, "1"))!;
        Assert.That(full.Reason, Is.EqualTo("disk-full"));
        await WriteAsync(store, "2");
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("2"));
        await using EncryptedFileSecretStore other = await EncryptedFileSecretStore.OpenAsync(options);
        Assert.That(await StoreBench.ReadAsync(other, StoreBench.Db), Is.EqualTo("2"));
    }

    private long Length => new FileInfo(_bench.Path).Length;

    private ValueTask<EncryptedFileSecretStore> CreateAsync() => _bench.CreateAsync(options => options.ReserveFromBytes = 1);

    // Up to where the commits go.
    private static async Task<long> WriteAsync(EncryptedFileSecretStore store, string value)
    {
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, value), default);
        return store.CurrentState.End;
    }

    private async Task AssertHoldsAsync(string value)
    {
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo(value));
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True);
    }
}
