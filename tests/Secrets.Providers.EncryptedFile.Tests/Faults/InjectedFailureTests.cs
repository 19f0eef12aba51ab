using Secrets.Providers.EncryptedFile.Tests.Crashes;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>Every call to the file system fails once, in each way that it can: the error is typed, and nothing that was promised is touched.</summary>
internal sealed class InjectedFailureTests
{
    [Test]
    public async Task A_failure_at_any_call_is_typed_and_leaves_old_data_intact([Values("ENOSPC", "ENOSPC-half", "EIO", "EACCES", "EROFS", "EMFILE")] string kind, [Values] bool reserves)
    {
        int calls = await RunAsync(kind, failAt: 0, reserves);
        Assert.That(calls, Is.GreaterThan(100));
        for (int at = 1; at <= calls; at++)
            await RunAsync(kind, at, reserves);
        await TestContext.Out.WriteLineAsync($"{calls} calls failed once each with {kind}");
    }

    [Test]
    public async Task A_full_disk_refuses_writes_and_goes_on_reading()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk));
        disk.OnCall = call =>
        {
            if (call == "before-write")
                throw new IOException("No space left on device", 28);
        };
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default))!;
        Assert.Multiple(() =>
        {
            Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unavailable, "disk-full")));
            Assert.That(refused.Message, Does.Contain("Free space"));
        });
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("three"));
        disk.OnCall = null;
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default);
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("four"));
    }

    [Test]
    public async Task A_read_only_medium_opens_for_reading_and_refuses_writes()
    {
        SimulatedDisk disk = await SimulatedStore.SmallAsync();
        disk.OnCall = call =>
        {
            if (call == "before-open-writable")
                throw new IOException("Read-only file system", 30);
        };
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk, new SimulatedStore.ForgetfulAnchor()));
        SecretException refused = Assert.ThrowsAsync<SecretException>(async () => await store.WriteAsync(StoreBench.Write(StoreBench.Db, "four"), default))!;
        Assert.Multiple(() =>
        {
            Assert.That(store.IsReadOnly, Is.True);
            Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Denied, "read-only")));
            Assert.That(refused.Message, Does.Contain("Reading works; move the store"));
        });
        Assert.That(await StoreBench.ReadAsync(store, StoreBench.Db), Is.EqualTo("three"));
    }

    private static async Task<int> RunAsync(string kind, int failAt, bool reserves)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = reserves };
        await using (EncryptedFileSecretStore created = await EncryptedFileSecretStore.CreateAsync(SimulatedStore.Options(disk)))
            _ = created.Name;
        int calls = 0;
        List<string> told = [];
        disk.OnCall = call =>
        {
            if (call.StartsWith("before", StringComparison.Ordinal) && ++calls == failAt)
                throw DiskFailure.Make(kind);
        };
        string where = $"{kind} at call {failAt}";
        SecretException? error = null;
        try
        {
            await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk));
            error = await ScriptAsync(store, disk, told);
            disk.OnCall = null;
            if (!store.IsReadOnly)
                await Promises.CheckAsync(store, told, where);
        }
        catch (SecretException failure)
        {
            error = failure;
        }

        if (error is not null)
            DiskFailure.AssertTyped(error, kind, where);
        disk.OnCall = null;
        await using EncryptedFileSecretStore again = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk));
        await Promises.CheckAsync(again, told, where);
        await KeysAtHand.AssertAsync(again, disk, where);
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True, where);
        return calls;
    }

    private static async Task<SecretException?> ScriptAsync(EncryptedFileSecretStore store, SimulatedDisk disk, List<string> told)
    {
        try
        {
            await Crashing.EverythingAsync(
                store,
                SimulatedStore.Options(disk),
                line =>
                {
                    told.Add(line);
                    return Task.CompletedTask;
                });
            return null;
        }
        catch (SecretException failure)
        {
            return failure;
        }
    }
}
