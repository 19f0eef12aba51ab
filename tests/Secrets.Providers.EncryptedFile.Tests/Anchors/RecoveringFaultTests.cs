using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Anchors;

/// <summary>What is wrong with the file of an open store is wrong until the file is right again, and not for the life of the process.</summary>
internal sealed class RecoveringFaultTests
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Testing.ManualTimeProvider _time = new();
    private RollbackBench _bench = null!;
    private int _opens;

    [SetUp]
    public void SetUp() => _bench = new RollbackBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task Putting_the_right_file_back_after_a_rollback_ends_it([Values] bool inPlace)
    {
        await _bench.MakeAsync();
        await using EncryptedFileSecretStore store = await OpenAsync();
        Put(_bench.OlderPath, inPlace);
        AssertFault(store, "rollback");
        Put(_bench.NewestPath, inPlace);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("newer"));
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "newest"), default);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("newest"));
    }

    [Test]
    public async Task Putting_the_right_file_back_after_another_store_s_ends_it()
    {
        await _bench.MakeAsync();
        await using EncryptedFileSecretStore store = await OpenAsync();
        using (StoreBench other = new())
        {
            await using (EncryptedFileSecretStore created = await other.CreateAsync())
                _ = created.Name;
            Put(other.Path, inPlace: false);
        }

        AssertFault(store, "other-store");
        Put(_bench.NewestPath, inPlace: false);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("newer"));
    }

    [Test]
    public async Task A_file_that_is_half_copied_at_a_look_is_found_whole_at_a_later_one()
    {
        await _bench.MakeAsync();
        await using EncryptedFileSecretStore store = await OpenAsync();
        byte[] newest = await File.ReadAllBytesAsync(_bench.NewestPath);
        string copying = _bench.Store.Directory["copying"];
        await File.WriteAllBytesAsync(copying, newest.AsMemory(0, 60));
        File.Move(copying, _bench.Store.Path, overwrite: true);
        _time.Advance(Poll);
        AssertFault(store, "truncated-header");
        await File.WriteAllBytesAsync(_bench.Store.Path, newest);
        _time.Advance(Poll);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("newer"));
    }

    [Test]
    public async Task Accepting_the_older_file_elsewhere_ends_it()
    {
        await _bench.MakeAsync();
        await using EncryptedFileSecretStore store = await OpenAsync();
        Put(_bench.OlderPath, inPlace: false);
        AssertFault(store, "rollback");
        await using (EncryptedFileSecretStore accepting = await _bench.Store.OpenAsync(options => options.RollbackPolicy = RollbackPolicy.AcceptOnce))
            _ = accepting.Name;
        _time.Advance(Poll);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("old"));
        Assert.That(store.Maintenance.GetAcceptedRollbacks(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_acceptance_of_before_covers_no_later_rollback()
    {
        await _bench.RollBackAsync();
        await using EncryptedFileSecretStore store = await OpenAsync(RollbackPolicy.AcceptOnce);
        string accepted = _bench.Store.Directory["accepted"];
        File.Copy(_bench.Store.Path, accepted);
        for (int i = 0; i < 5; i++)
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, $"{i}"), default);
        // With the anchor rolled back too: what this process has seen is all there is to tell by.
        Directory.Delete(_bench.Store.AnchorDirectory, recursive: true);
        Put(accepted, inPlace: false);
        AssertFault(store, "rollback");
    }

    [Test]
    public async Task A_watch_that_begins_after_the_fault_hears_of_its_end([Values] bool beginsBeforeItsEnd)
    {
        await _bench.MakeAsync();
        await using EncryptedFileSecretStore store = await OpenAsync();
        await using IAsyncEnumerator<SecretStoreChange> ended = store.WatchAsync(default).GetAsyncEnumerator();
        ValueTask<bool> end = ended.MoveNextAsync();
        Put(_bench.OlderPath, inPlace: false);
        SecretException told = Assert.ThrowsAsync<SecretException>(async () => await end.AsTask().WaitAsync(Patience))!;
        Assert.That(told.Reason, Is.EqualTo("rollback"));

        await using IAsyncEnumerator<SecretStoreChange> watch = store.WatchAsync(default).GetAsyncEnumerator();
        ValueTask<bool> next = default;
        if (beginsBeforeItsEnd)
            Assert.That((await NextAsync(watch), watch.Current), Is.EqualTo((true, new SecretStoreChange(null))), "Something was missed.");
        if (beginsBeforeItsEnd)
            next = watch.MoveNextAsync();
        Put(_bench.NewestPath, inPlace: false);
        if (!beginsBeforeItsEnd)
            next = watch.MoveNextAsync();
        Assert.That((await next.AsTask().WaitAsync(Patience), watch.Current), Is.EqualTo((true, new SecretStoreChange(null))));
    }

    [Test]
    public async Task While_nothing_happens_to_the_file_it_is_not_read_over_and_over()
    {
        await _bench.MakeAsync();
        await using EncryptedFileSecretStore store = await OpenAsync();
        Put(_bench.OlderPath, inPlace: false);
        AssertFault(store, "rollback");
        _opens = 0;
        for (int i = 0; i < 100; i++)
            _time.Advance(Poll);
        Assert.That(_opens, Is.EqualTo(1), "Once, since it may have changed just after it was found wrong.");
        AssertFault(store, "rollback");
    }

    [Test]
    public async Task Now_and_then_it_is_read_all_the_same()
    {
        // What changes within the resolution of the file system's clock and is as long as before looks the same from outside.
        await _bench.MakeAsync();
        await using EncryptedFileSecretStore store = await OpenAsync();
        Put(_bench.OlderPath, inPlace: false);
        AssertFault(store, "rollback");
        _opens = 0;
        for (int i = 0; i < 1000; i++)
            _time.Advance(Poll);
        Assert.That(_opens, Is.InRange(3, 10));
    }

    [Test]
    public async Task A_host_s_fault_is_told_once()
    {
        await _bench.MakeAsync();
        await using EncryptedFileSecretStore store = await OpenAsync();
        Put(_bench.OlderPath, inPlace: false);
        AssertFault(store, "rollback");
        await using IAsyncEnumerator<SecretStoreChange> watch = store.WatchAsync(default).GetAsyncEnumerator();
        Assert.That(await NextAsync(watch), Is.True);
        ValueTask<bool> next = watch.MoveNextAsync();
        // Another wrong file: wrong all the same, and no reason to end the watch that waits for the right one.
        await File.WriteAllTextAsync(_bench.Store.Path, "not a store");
        _time.Advance(Poll);
        AssertFault(store, "wrong-file");
        Assert.That(next.IsCompleted, Is.False);
        Put(_bench.NewestPath, inPlace: false);
        Assert.That(await next.AsTask().WaitAsync(Patience), Is.True);
    }

    private static Task<bool> NextAsync(IAsyncEnumerator<SecretStoreChange> watch) => watch.MoveNextAsync().AsTask().WaitAsync(Patience);

    private static void AssertFault(EncryptedFileSecretStore store, string reason)
    {
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await StoreBench.ReadAsync(store, StoreBench.Db))!;
        Assert.That(refused.Reason, Is.EqualTo(reason));
    }

    private void Put(string path, bool inPlace)
    {
        if (inPlace)
        {
            File.WriteAllBytes(_bench.Store.Path, File.ReadAllBytes(path));
        }
        else
        {
            string copy = _bench.Store.Directory[Guid.NewGuid().ToString("N")];
            File.Copy(path, copy);
            File.Move(copy, _bench.Store.Path, overwrite: true);
        }

        _time.Advance(Poll);
    }

    private ValueTask<EncryptedFileSecretStore> OpenAsync(RollbackPolicy policy = RollbackPolicy.Fail) => _bench.Store.OpenAsync(options =>
    {
        options.TimeProvider = _time;
        options.RollbackPolicy = policy;
        options.Files = new InterceptedFileOperations(options.Files, step =>
        {
            if (step is { Call: FileCall.Open, IsBefore: true } && step.Path == _bench.Store.Path)
                _opens++;
        });
    });
}
