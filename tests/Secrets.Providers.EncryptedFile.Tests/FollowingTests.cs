using Secrets.Testing;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>Two open stores over one file, as two processes have.</summary>
internal sealed class FollowingTests
{
    private readonly ManualTimeProvider _time = new();
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task A_watch_tells_of_another_process_s_write_at_the_next_look()
    {
        await using EncryptedFileSecretStore writer = await _bench.CreateAsync();
        await using EncryptedFileSecretStore reader = await _bench.OpenAsync(options => options.TimeProvider = _time);
        await using IAsyncEnumerator<SecretStoreChange> watch = reader.WatchAsync(default).GetAsyncEnumerator();
        ValueTask<bool> next = watch.MoveNextAsync();
        await writer.WriteAsync(StoreBench.Write(StoreBench.Db, "rotated"), default);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That(await next, Is.True);
        Assert.That(watch.Current, Is.EqualTo(new SecretStoreChange(StoreBench.Db, new SecretVersion("1"))));
    }

    [Test]
    public async Task A_watch_tells_that_anything_may_have_changed_when_the_file_was_replaced_by_a_compaction()
    {
        await using EncryptedFileSecretStore writer = await _bench.CreateAsync();
        await writer.WriteAsync(StoreBench.Write(StoreBench.Db, "1"), default);
        await using EncryptedFileSecretStore reader = await _bench.OpenAsync(options => options.TimeProvider = _time);
        await using IAsyncEnumerator<SecretStoreChange> watch = reader.WatchAsync(default).GetAsyncEnumerator();
        ValueTask<bool> next = watch.MoveNextAsync();
        await writer.Maintenance.CompactAsync();
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That(await next, Is.True);
        Assert.That(watch.Current, Is.EqualTo(new SecretStoreChange(null)));
        Assert.That(reader.Maintenance.GetStatus().Generation, Is.EqualTo(1));
    }

    [Test]
    public async Task A_read_sees_what_another_store_acknowledged_however_often_the_file_is_looked_at_meanwhile()
    {
        await using EncryptedFileSecretStore writer = await _bench.CreateAsync();
        await using EncryptedFileSecretStore reader = await _bench.OpenAsync(options => options.TimeProvider = _time);
        using CancellationTokenSource end = new();
        Task looking = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
                _time.Advance(TimeSpan.FromMilliseconds(250));
        });
        for (int i = 0; i < 100; i++)
        {
            await writer.WriteAsync(StoreBench.Write(StoreBench.Db, $"{i}"), default);
            Assert.That(await StoreBench.ReadAsync(reader, StoreBench.Db), Is.EqualTo($"{i}"));
        }

        await end.CancelAsync();
        await looking;
    }

    [Test]
    public async Task A_version_that_another_process_shreds_in_the_middle_of_a_read_is_not_taken_for_damage()
    {
        await using (EncryptedFileSecretStore writer = await _bench.CreateAsync())
            await writer.WriteAsync(StoreBench.Write(StoreBench.Db, "1"), default);
        bool isLookedUp = false;
        InterceptedFileOperations files = new(PhysicalFileOperations.Instance, step =>
        {
            if (!isLookedUp || step is not { Call: FileCall.Read, IsBefore: true })
                return;
            isLookedUp = false;
            WriteAndShredAsync().GetAwaiter().GetResult();
        });
        await using EncryptedFileSecretStore reader = await _bench.OpenAsync(options => (options.Files, options.TimeProvider) = (files, _time));
        isLookedUp = true;
        Assert.That(await StoreBench.ReadAsync(reader, StoreBench.Db), Is.EqualTo("4"));
    }

    [Test]
    public async Task A_version_that_another_process_shreds_during_a_verification_is_not_taken_for_damage()
    {
        await using (EncryptedFileSecretStore writer = await _bench.CreateAsync())
            await writer.WriteAsync(StoreBench.Write(StoreBench.Db, "1"), default);
        bool isVerifying = false;
        int reads = 0;
        InterceptedFileOperations files = new(PhysicalFileOperations.Instance, step =>
        {
            // It reads the header, then the frames, then the value.
            if (isVerifying && step is { Call: FileCall.Read, IsBefore: true } && ++reads == 3)
                WriteAndShredAsync().GetAwaiter().GetResult();
        });
        await using EncryptedFileSecretStore reader = await _bench.OpenAsync(options => (options.Files, options.TimeProvider) = (files, _time));
        isVerifying = true;
        EncryptedFileVerification verification = await reader.Maintenance.VerifyAsync();
        Assert.That(reads, Is.GreaterThan(3));
        Assert.That(verification.Faults, Is.Empty);
    }

    [Test]
    public async Task Nothing_is_told_while_nothing_happens()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options => options.TimeProvider = _time);
        using CancellationTokenSource end = new();
        await using IAsyncEnumerator<SecretStoreChange> watch = store.WatchAsync(end.Token).GetAsyncEnumerator(end.Token);
        ValueTask<bool> next = watch.MoveNextAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(next.IsCompleted, Is.False);
        await end.CancelAsync();
        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Readers_and_writers_go_on_through_many_compactions_by_two_stores()
    {
        await using EncryptedFileSecretStore one = await _bench.CreateAsync(options => options.MaxVersions = 2);
        await using EncryptedFileSecretStore two = await _bench.OpenAsync(options => options.MaxVersions = 2);
        using CancellationTokenSource end = new();
        Task<int> reading = Task.Run(() => ReadUntilAsync(two, end.Token));
        Task<int> alsoReading = Task.Run(() => ReadUntilAsync(one, end.Token));
        for (int i = 1; i <= 40; i++)
        {
            EncryptedFileSecretStore store = i % 2 == 0 ? one : two;
            Task compacting = i % 4 < 2 ? store.Maintenance.CompactAsync() : Task.CompletedTask;
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async name => await store.WriteAsync(StoreBench.Write(SecretAddress.Public($"s{name}"), $"{name} {i}"), default)).Append(compacting));
        }

        await end.CancelAsync();
        Assert.That(await reading + await alsoReading, Is.GreaterThan(0));
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        for (int name = 0; name < 8; name++)
            Assert.That(await StoreBench.ReadAsync(again, SecretAddress.Public($"s{name}")), Is.EqualTo($"{name} 40"));
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True);
        Assert.That(again.Maintenance.GetStatus().Generation, Is.GreaterThan(5));
    }

    [Test]
    public async Task A_reader_and_writer_follows_more_compactions_of_another_store_than_it_keeps_keys_of()
    {
        await using EncryptedFileSecretStore other = await _bench.CreateAsync();
        await using EncryptedFileSecretStore store = await _bench.OpenAsync(options => options.TimeProvider = _time);
        for (int i = 1; i <= 40; i++)
        {
            await other.WriteAsync(StoreBench.Write(StoreBench.Db, $"{i}"), default);
            await other.Maintenance.CompactAsync();
            Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo($"{i}"));
            await store.WriteAsync(StoreBench.Write(SecretAddress.Public("mine"), $"{i}"), default);
        }

        Assert.That(store.Maintenance.GetStatus().Generation, Is.EqualTo(40));
        Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task A_warning_that_is_met_by_a_failing_callback_stops_nothing()
    {
        int warned = 0;
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options =>
        {
            options.TimeProvider = _time;
            options.OnWarning = _ =>
            {
                warned++;
                throw new InvalidOperationException("The callback's own fault.");
            };
        });
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "here"), default);
        string away = _bench.Path + ".away";
        File.Move(_bench.Path, away);
        for (int i = 0; i < 4; i++)
            _time.Advance(TimeSpan.FromMilliseconds(250));
        File.Move(away, _bench.Path);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("here"));
        Assert.That(warned, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_file_that_is_mostly_dead_is_compacted_by_itself()
    {
        await using EncryptedFileSecretStore store = await _bench.CreateAsync(options =>
        {
            options.CompactFromBytes = 32 * 1024;
            options.MaxVersions = 2;
        });
        for (int i = 0; i < 400; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"value {i}"), default);
        await store.DisposeAsync();
        await using EncryptedFileSecretStore again = await _bench.OpenAsync();
        Assert.That(again.Maintenance.GetStatus().Generation, Is.GreaterThan(0));
        Assert.That(again.Maintenance.GetStatus().FileBytes, Is.LessThan(400 * 400));
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("value 399"));
    }

    // Two versions are kept: the first is pruned, and shredded with that.
    private async Task WriteAndShredAsync()
    {
        await using EncryptedFileSecretStore writer = await _bench.OpenAsync(options => options.MaxVersions = 2);
        for (int i = 2; i <= 4; i++)
            await writer.WriteAsync(StoreBench.Write(StoreBench.Db, $"{i}"), default);
    }

    private static async Task<int> ReadUntilAsync(EncryptedFileSecretStore store, CancellationToken end)
    {
        int read = 0;
        int[] newest = new int[8];
        while (!end.IsCancellationRequested)
        {
            for (int name = 0; name < 8; name++)
            {
                if (await StoreBench.ReadAsync(store, SecretAddress.Public($"s{name}")) is not { } value)
                    continue;
                string[] parts = value.Split(' ');
                Assert.That(parts[0], Is.EqualTo($"{name}"));
                int number = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
                Assert.That(number, Is.GreaterThanOrEqualTo(newest[name]), "A reader never goes back.");
                newest[name] = number;
                read++;
            }
        }

        return read;
    }
}
