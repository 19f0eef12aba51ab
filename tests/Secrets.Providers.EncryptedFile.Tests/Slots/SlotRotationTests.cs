using Secrets.Providers.EncryptedFile.Tests.Faults;

namespace Secrets.Providers.EncryptedFile.Tests.Slots;

/// <summary>Ways to open a store come, go and are exchanged in one small commit, however much is in it.</summary>
internal sealed class SlotRotationTests
{
    private const string OldKey = "/disk/old.key";
    private const string NewKey = "/disk/new.key";

    [Test]
    public async Task A_replaced_slot_opens_nothing_and_the_new_one_everything()
    {
        SimulatedDisk disk = await KeyedAsync(1);
        await using (EncryptedFileSecretStore store = await OpenAsync(disk, OldKey))
        {
            UnlockSlot before = store.Slots.List().Single();
            ulong commits = store.Maintenance.GetStatus().Commits;
            UnlockSlot after = await store.Slots.ReplaceAsync(before.Id, new KeyFileUnlock(NewKey, disk));
            Assert.Multiple(() =>
            {
                Assert.That(store.Slots.List().Select(slot => slot.Id), Is.EqualTo(new[] { after.Id }));
                Assert.That(store.Maintenance.GetStatus().Commits, Is.EqualTo(commits + 1), "One commit, so that there is no moment with both or with none.");
                Assert.That(disk.BytesOf(SimulatedStore.Path).AsSpan().IndexOf(before.SealedRootKey.Span), Is.EqualTo(-1), "What the old one held is overwritten.");
            });
        }

        await AssertOpensAsync(disk, NewKey);
        await AssertWrongKeyAsync(disk, OldKey);
    }

    [Test]
    public async Task A_replaced_passphrase_opens_nothing_and_the_new_one_everything()
    {
        PassphraseOptions quick = new() { TargetDuration = TimeSpan.Zero };
        SimulatedDisk disk = await KeyedAsync(1);
        await using (EncryptedFileSecretStore store = await OpenAsync(disk, OldKey))
        {
            UnlockSlot first = await store.Slots.AddAsync(UnlockMethod.Passphrase("canary-first", quick));
            await store.Slots.ReplaceAsync(first.Id, UnlockMethod.Passphrase("canary-second", quick));
        }

        SecretException wrong = Assert.ThrowsAsync<SecretException>(async () => await OpenWithAsync(disk, UnlockMethod.Passphrase("canary-first", quick)))!;
        Assert.That(wrong.Reason, Is.EqualTo("wrong-key"));
        await using EncryptedFileSecretStore again = await OpenWithAsync(disk, UnlockMethod.Passphrase("canary-second", quick));
        Assert.That(await StoreBench.ReadAsync(again, Name(0)), Is.EqualTo("value"));
    }

    [Test]
    public async Task Changing_slots_appends_the_same_few_bytes_to_a_store_of_one_secret_and_of_many()
    {
        long[] few = await AppendedAsync(1);
        long[] many = await AppendedAsync(500);
        Assert.That(many, Is.EqualTo(few));
        Assert.That(many, Is.All.LessThan(1024));
    }

    [Test]
    public async Task Changing_slots_rewrites_nothing_but_the_slots_before()
    {
        SimulatedDisk disk = await KeyedAsync(50);
        await using EncryptedFileSecretStore store = await OpenAsync(disk, OldKey);
        UnlockSlot old = store.Slots.List().Single();
        byte[] before = disk.BytesOf(SimulatedStore.Path);
        await store.Slots.ReplaceAsync(old.Id, new KeyFileUnlock(NewKey, disk));
        byte[] after = disk.BytesOf(SimulatedStore.Path);
        int root = before.AsSpan().IndexOf(old.SealedRootKey.Span);
        before.AsSpan(root, old.SealedRootKey.Length).Clear();
        Assert.That(after.AsSpan(0, before.Length).SequenceEqual(before), Is.True);
    }

    [Test]
    public async Task The_last_slot_can_be_replaced_and_not_removed_and_one_that_is_not_there_neither()
    {
        SimulatedDisk disk = await KeyedAsync(1);
        await using EncryptedFileSecretStore store = await OpenAsync(disk, OldKey);
        SecretException missing = Assert.ThrowsAsync<SecretException>(async () => await store.Slots.ReplaceAsync(Guid.NewGuid(), new KeyFileUnlock(NewKey, disk)))!;
        Assert.That((missing.Code, missing.Reason), Is.EqualTo((SecretErrorCode.NotFound, "slot")));
        Assert.That(disk.Exists(NewKey), Is.False, "No key is made for a slot that cannot be.");

        UnlockSlot only = await store.Slots.ReplaceAsync(store.Slots.List().Single().Id, new KeyFileUnlock(NewKey, disk));
        SecretException last = Assert.ThrowsAsync<SecretException>(async () => await store.Slots.RemoveAsync(only.Id))!;
        SecretException gone = Assert.ThrowsAsync<SecretException>(async () => await store.Slots.RemoveAsync(Guid.NewGuid()))!;
        Assert.That((last.Code, last.Reason, gone.Code, gone.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "last-slot", SecretErrorCode.NotFound, "slot")));
        await AssertOpensAsync(disk, NewKey);
    }

    [Test]
    public async Task A_replacement_that_is_cut_short_at_any_call_leaves_the_old_key_or_the_new_one()
    {
        int calls = 0;
        await ReplaceAsync(await KeyedAsync(2), () => calls++);
        Assert.That(calls, Is.GreaterThan(20));
        int[] openedBy = new int[2];
        for (int at = 1; at <= calls; at++)
        {
            SimulatedDisk disk = await KeyedAsync(2);
            int call = 0;
            bool told = await ReplaceAsync(disk, () =>
            {
                if (++call >= at)
                    throw new CutShortException();
            });
            SimulatedDisk[] left = [disk.Fail(null), disk.Fail(null, keepAll: true), .. Enumerable.Range(0, 3).Select(variant => disk.Fail(new Random((at * 10) + variant)))];
            foreach (SimulatedDisk after in left)
            {
                bool byNew = await OpenedByAsync(after, $"call {at}") == NewKey;
                Assert.That(byNew || !told, Is.True, $"call {at}: acknowledged and lost");
                openedBy[byNew ? 1 : 0]++;
            }
        }

        await TestContext.Out.WriteLineAsync($"{calls} calls, {openedBy[0]} times the old key, {openedBy[1]} times the new one");
        Assert.That(openedBy, Is.All.GreaterThan(10));
    }

    // Exactly one of the two keys opens it, and everything is there.
    private static async Task<string> OpenedByAsync(SimulatedDisk disk, string where)
    {
        List<string> opening = [];
        foreach (string key in new[] { OldKey, NewKey })
        {
            try
            {
                await using EncryptedFileSecretStore store = await OpenAsync(disk, key);
                Assert.That(store.Slots.List(), Has.Count.EqualTo(1), where);
                Assert.That(await StoreBench.ReadAsync(store, Name(0)), Is.EqualTo("value"), where);
                Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True, where);
                opening.Add(key);
            }
            catch (SecretException failure) when (failure.Reason is "wrong-key" or "key-file-missing")
            {
                // The other one's, then.
            }
        }

        Assert.That(opening, Has.Count.EqualTo(1), where);
        return opening[0];
    }

    private static async Task<bool> ReplaceAsync(SimulatedDisk disk, Action onCall)
    {
        EncryptedFileSecretStore store = await OpenAsync(disk, OldKey);
        bool told = false;
        disk.OnCall = _ => onCall();
        try
        {
            await store.Slots.ReplaceAsync(store.Slots.List().Single().Id, new KeyFileUnlock(NewKey, disk));
            told = true;
        }
        catch (CutShortException)
        {
            // From here on nothing reaches the disk any more.
        }

        disk.OnCall = null;
        return told;
    }

    private static async Task<long[]> AppendedAsync(int secrets)
    {
        SimulatedDisk disk = await KeyedAsync(secrets);
        await using EncryptedFileSecretStore store = await OpenAsync(disk, OldKey);
        List<long> ends = [store.Maintenance.GetStatus().FileBytes];
        UnlockSlot slot = await store.Slots.AddAsync(new KeyFileUnlock("/disk/one.key", disk));
        ends.Add(store.Maintenance.GetStatus().FileBytes);
        slot = await store.Slots.ReplaceAsync(slot.Id, new KeyFileUnlock("/disk/two.key", disk));
        ends.Add(store.Maintenance.GetStatus().FileBytes);
        await store.Slots.RemoveAsync(slot.Id);
        ends.Add(store.Maintenance.GetStatus().FileBytes);
        return [.. ends.Zip(ends.Skip(1), (before, after) => after - before)];
    }

    private static async Task AssertOpensAsync(SimulatedDisk disk, string key)
    {
        await using EncryptedFileSecretStore store = await OpenAsync(disk, key);
        Assert.That(await StoreBench.ReadAsync(store, Name(0)), Is.EqualTo("value"));
    }

    private static async Task AssertWrongKeyAsync(SimulatedDisk disk, string key)
    {
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await OpenAsync(disk, key))!;
        Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unauthenticated, "wrong-key")));
        await Task.CompletedTask;
    }

    private static async Task<SimulatedDisk> KeyedAsync(int secrets)
    {
        SimulatedDisk disk = new();
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(Options(disk, new KeyFileUnlock(OldKey, disk)));
        await Task.WhenAll(Enumerable.Range(0, secrets).Select(i => store.WriteAsync(StoreBench.Write(Name(i), "value"), default).AsTask()));
        return disk;
    }

    private static ValueTask<EncryptedFileSecretStore> OpenAsync(SimulatedDisk disk, string key) => OpenWithAsync(disk, new KeyFileUnlock(key, disk));

    private static ValueTask<EncryptedFileSecretStore> OpenWithAsync(SimulatedDisk disk, UnlockMethod method) => EncryptedFileSecretStore.OpenAsync(Options(disk, method));

    private static EncryptedFileOptions Options(SimulatedDisk disk, UnlockMethod method)
    {
        EncryptedFileOptions options = SimulatedStore.Options(disk);
        options.CompactFromBytes = null;
        options.Unlock.Clear();
        options.Unlock.Add(method);
        return options;
    }

    private static SecretAddress Name(int number) => SecretAddress.Public($"s{number}");

    private sealed class CutShortException : Exception;
}
