using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests.Slots;

/// <summary>
/// What is to be gone for good is committed, and the medium then refuses to overwrite it: the commit stands, whoever wanted it gone hears that it is
/// not yet, and the next change or open makes up for it.
/// </summary>
internal sealed class OwedErasureTests
{
    private readonly List<SecretException> _warnings = [];
    private SimulatedDisk _disk = null!;
    private int _writes;
    private int _failFrom;

    [SetUp]
    public async Task SetUp()
    {
        _disk = await SimulatedStore.SmallAsync();
        _warnings.Clear();
    }

    [Test]
    public async Task A_removed_slot_is_out_of_force_and_overwritten_by_the_next_commit()
    {
        await using EncryptedFileSecretStore store = await OpenAsync();
        UnlockSlot second = await store.Slots.AddAsync(SimulatedStore.SecondMethod);
        FailWritesFrom(2);
        AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(async () => await store.Slots.RemoveAsync(second.Id))!);
        Assert.That(store.Slots.List().Select(slot => slot.Id), Has.None.EqualTo(second.Id));
        Assert.That(Holds(second.SealedRootKey), Is.True);

        Heal();
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "next"), default);
        Assert.That(Holds(second.SealedRootKey), Is.False);
        Assert.That(_warnings, Is.Empty, "Who asked has heard it.");
        Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task A_removed_slot_is_overwritten_by_the_next_open()
    {
        UnlockSlot second;
        await using (EncryptedFileSecretStore store = await OpenAsync())
        {
            second = await store.Slots.AddAsync(SimulatedStore.SecondMethod);
            FailWritesFrom(2);
            AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(async () => await store.Slots.RemoveAsync(second.Id))!);
        }

        Heal();
        await using EncryptedFileSecretStore again = await OpenAsync();
        Assert.That(Holds(second.SealedRootKey), Is.False);
    }

    [Test]
    public async Task A_removed_slot_that_is_not_overwritten_yet_opens_nothing()
    {
        await using EncryptedFileSecretStore store = await OpenAsync();
        UnlockSlot second = await store.Slots.AddAsync(SimulatedStore.SecondMethod);
        FailWritesFrom(2);
        AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(async () => await store.Slots.RemoveAsync(second.Id))!);
        Assert.That(Holds(second.SealedRootKey), Is.True);
        Heal();
        EncryptedFileOptions options = SimulatedStore.Options(_disk, new SimulatedStore.ForgetfulAnchor());
        options.Unlock.Clear();
        options.Unlock.Add(SimulatedStore.SecondMethod);
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await EncryptedFileSecretStore.OpenAsync(options))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-key")));
    }

    [Test]
    public async Task An_added_and_a_replaced_slot_are_a_success_with_a_warning()
    {
        await using EncryptedFileSecretStore store = await OpenAsync();
        FailWritesFrom(2);
        UnlockSlot added = await store.Slots.AddAsync(SimulatedStore.SecondMethod);
        FailWritesFrom(2);
        UnlockSlot replaced = await store.Slots.ReplaceAsync(added.Id, UnlockMethod.External(new TestProtector("test-kms/key-3", 0x77)));
        Assert.That(_warnings.Select(warning => warning.Reason), Is.EqualTo(new[] { "not-overwritten", "not-overwritten" }));
        Assert.That(store.Slots.List()[1].Id, Is.EqualTo(replaced.Id));
        Assert.That(Holds(added.SealedRootKey), Is.True);

        Heal();
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "next"), default);
        Assert.That(Holds(added.SealedRootKey), Is.False);
        Assert.That(_warnings, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_purge_and_a_destroyed_version_stand_and_say_that_they_are_not_overwritten([Values] bool purge)
    {
        await using EncryptedFileSecretStore store = await OpenAsync();
        VersionEntry first = store.CurrentState.Index.Live(StoreBench.Db)!.Versions[0];
        SecretDelete delete = purge ? new SecretDelete(StoreBench.Db) { Purge = true } : new SecretDelete(StoreBench.Db) { Version = new SecretVersion("1") };
        byte[] share = Share(first);
        Assert.That(share, Has.Some.Not.Zero);
        FailWritesFrom(2);
        AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(async () => await store.DeleteAsync(delete, default))!);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db, new SecretVersion("1")), Is.Null);
        Assert.That(Share(first), Is.EqualTo(share));

        Heal();
        await store.WriteAsync(StoreBench.Write(SecretAddress.Public("other"), "next"), default);
        Assert.That(Share(first), Is.All.Zero);
        Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True);
    }

    [Test]
    public async Task A_destruction_that_is_asked_for_again_makes_up_for_it()
    {
        await using EncryptedFileSecretStore store = await OpenAsync();
        VersionEntry first = store.CurrentState.Index.Live(StoreBench.Db)!.Versions[0];
        SecretDelete destroy = new(StoreBench.Db) { Version = new SecretVersion("1") };
        FailWritesFrom(2);
        AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(async () => await store.DeleteAsync(destroy, default))!);
        FailWritesFrom(1);
        AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(async () => await store.DeleteAsync(destroy, default))!);
        Heal();
        await store.DeleteAsync(destroy, default);
        Assert.That(Share(first), Is.All.Zero);
    }

    [Test]
    public async Task Zeros_that_may_not_have_reached_the_medium_are_written_again()
    {
        await using EncryptedFileSecretStore store = await OpenAsync();
        SecretDelete destroy = new(StoreBench.Db) { Version = new SecretVersion("1") };
        int syncs = 0;
        _disk.OnCall = call =>
        {
            // The commit's own sync, then the one behind the zeros.
            if (call == "before-sync" && ++syncs == 2)
                throw new IOException("Input/output error", 5);
        };
        AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(async () => await store.DeleteAsync(destroy, default))!);
        List<string> calls = [];
        _disk.OnCall = calls.Add;
        await store.DeleteAsync(destroy, default);
        Heal();
        Assert.That(calls.Where(call => call is "before-write" or "before-sync"), Is.EqualTo(new[] { "before-write", "before-sync" }), "A system may count what it failed to sync as synced.");
    }

    [Test]
    public async Task A_write_of_the_same_commit_is_not_told_of_a_failure_that_is_not_its_own()
    {
        await using EncryptedFileSecretStore store = await OpenAsync();
        TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ILockFile held = _disk.LockAt(SimulatedStore.Path + ".lock");
        Assert.That(held.TryTake(), Is.True);
        // The first waits for the lock, and the other two behind it for one commit together: writes 1 and 2. The third overwrites.
        FailWritesFrom(3, call => _ = call == "before-lock" && waits.TrySetResult());
        Task first = store.WriteAsync(StoreBench.Write(SecretAddress.Public("first"), "first"), default).AsTask();
        await waits.Task;
        Task<SecretProperties> write = store.WriteAsync(StoreBench.Write(SecretAddress.Public("beside"), "beside"), default).AsTask();
        Task delete = store.DeleteAsync(new SecretDelete(StoreBench.Db) { Purge = true }, default).AsTask();
        held.Release();
        await first;
        AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(() => delete)!);
        Assert.That((await write).Version, Is.EqualTo(new SecretVersion("1")));
        Heal();
        Assert.That(store.Maintenance.GetStatus().Commits, Is.EqualTo(6), "Four before, the first, and one for the other two.");
    }

    [Test]
    public async Task A_store_whose_medium_refuses_to_overwrite_opens_with_a_warning_and_makes_up_for_it_later()
    {
        UnlockSlot second;
        await using (EncryptedFileSecretStore store = await OpenAsync())
        {
            second = await store.Slots.AddAsync(SimulatedStore.SecondMethod);
            FailWritesFrom(2);
            AssertNotOverwritten(Assert.ThrowsAsync<SecretException>(async () => await store.Slots.RemoveAsync(second.Id))!);
        }

        FailWritesFrom(1);
        await using EncryptedFileSecretStore again = await OpenAsync();
        Assert.That(_warnings.Select(warning => warning.Reason), Is.EqualTo(new[] { "not-overwritten" }));
        Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("three"));
        Assert.That(again.IsReadOnly, Is.False);
        Heal();
        await again.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        Assert.That(Holds(second.SealedRootKey), Is.False);
    }

    private static void AssertNotOverwritten(SecretException error)
    {
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unavailable, "not-overwritten")));
        Assert.That(error.Message, Does.Contain("out of force").And.Contain("tried again"));
    }

    private ValueTask<EncryptedFileSecretStore> OpenAsync()
    {
        EncryptedFileOptions options = SimulatedStore.Options(_disk, new SimulatedStore.ForgetfulAnchor());
        options.OnWarning = _warnings.Add;
        options.LockTimeout = TimeSpan.FromMinutes(2);
        return EncryptedFileSecretStore.OpenAsync(options);
    }

    private void FailWritesFrom(int number, Action<string>? also = null)
    {
        _writes = 0;
        _failFrom = number;
        _disk.OnCall = call =>
        {
            also?.Invoke(call);
            if (call == "before-write" && ++_writes >= _failFrom)
                throw new IOException("Input/output error", 5);
        };
    }

    private void Heal() => _disk.OnCall = null;

    private bool Holds(ReadOnlyMemory<byte> bytes) => _disk.BytesOf(SimulatedStore.Path).AsSpan().IndexOf(bytes.Span) >= 0;

    private byte[] Share(VersionEntry version) => _disk.BytesOf(SimulatedStore.Path).AsSpan((int)version.SharePosition, PutBody.ShareLength).ToArray();
}
