using Secrets.Providers.EncryptedFile.Tests.Faults;
using Secrets.Testing;

namespace Secrets.Providers.EncryptedFile.Tests;

/// <summary>A hosted store whose file or key is not right when it is first asked for.</summary>
internal sealed class DeferredOpeningTests
{
    private readonly ManualTimeProvider _time = new();

    [Test]
    public async Task A_wrong_key_is_not_tried_again_at_each_call_and_the_right_one_is_taken_later()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        SwitchableProtector protector = new();
        await using DeferredEncryptedFileStore store = new(Options(disk, protector));
        for (int i = 0; i < 5; i++)
            AssertRefused(store, "wrong-key");
        Assert.That(protector.Tries, Is.EqualTo(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        AssertRefused(store, "wrong-key");
        AssertRefused(store, "wrong-key");
        Assert.That(protector.Tries, Is.EqualTo(2));
        _time.Advance(TimeSpan.FromSeconds(1));
        AssertRefused(store, "wrong-key");
        Assert.That(protector.Tries, Is.EqualTo(2), "Each time the wait is twice as long.");
        protector.IsRight = true;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await store.ReadAsync([new SecretRead(StoreBench.Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task The_wait_is_never_longer_than_a_minute()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        SwitchableProtector protector = new();
        await using DeferredEncryptedFileStore store = new(Options(disk, protector));
        for (int tries = 1; tries <= 40; tries++)
        {
            AssertRefused(store, "wrong-key");
            Assert.That(protector.Tries, Is.EqualTo(tries));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Test]
    public async Task A_medium_that_is_away_is_tried_again_at_the_next_call()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        byte[] bytes = disk.BytesOf(SimulatedStore.Path);
        disk.Delete(SimulatedStore.Path);
        await using DeferredEncryptedFileStore store = new(Options(disk, new SwitchableProtector { IsRight = true }));
        AssertRefused(store, "file-missing");
        disk.Overwrite(SimulatedStore.Path, bytes);
        Assert.That((await store.ReadAsync([new SecretRead(StoreBench.Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_watch_that_begins_after_an_attempt_that_failed_says_first_that_anything_may_have_changed()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        byte[] bytes = disk.BytesOf(SimulatedStore.Path);
        disk.Delete(SimulatedStore.Path);
        await using DeferredEncryptedFileStore store = new(Options(disk, new SwitchableProtector { IsRight = true }));
        await using (IAsyncEnumerator<SecretStoreChange> failing = store.WatchAsync(default).GetAsyncEnumerator())
            Assert.That(async () => await failing.MoveNextAsync(), Throws.InstanceOf<SecretException>());
        disk.Overwrite(SimulatedStore.Path, bytes);
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "missed"), default);
        await using IAsyncEnumerator<SecretStoreChange> watch = store.WatchAsync(default).GetAsyncEnumerator();
        Assert.That((await watch.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)), watch.Current), Is.EqualTo((true, new SecretStoreChange(null))));
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "seen"), default);
        Assert.That((await watch.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)), watch.Current.Address), Is.EqualTo((true, StoreBench.Db)));
    }

    private static void AssertRefused(DeferredEncryptedFileStore store, string reason)
    {
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await store.ReadAsync([new SecretRead(StoreBench.Db)], default))!;
        Assert.That(refused.Reason, Is.EqualTo(reason));
    }

    private EncryptedFileOptions Options(SimulatedDisk disk, IRootKeyProtector protector)
    {
        EncryptedFileOptions options = SimulatedStore.Options(disk);
        options.TimeProvider = _time;
        options.Unlock.Clear();
        options.Unlock.Add(UnlockMethod.External(protector));
        return options;
    }

    private sealed class SwitchableProtector : IRootKeyProtector
    {
        private readonly TestProtector _right = new();
        private readonly TestProtector _wrong = new(mask: 0x11);

        public string KeyId => _right.KeyId;

        internal bool IsRight { get; set; }

        internal int Tries { get; private set; }

        public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken) => _right.ProtectAsync(key, cancellationToken);

        public ValueTask<byte[]?> UnprotectAsync(string keyId, ReadOnlyMemory<byte> protectedKey, CancellationToken cancellationToken)
        {
            Tries++;
            return (IsRight ? _right : _wrong).UnprotectAsync(keyId, protectedKey, cancellationToken);
        }
    }
}
