using Secrets.Providers.EncryptedFile.Tests.Crashes;

namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>
/// The power fails, or calls to the file system do, while a store and its key file are made: whoever starts next has a store that opens with its key,
/// and what was acknowledged.
/// </summary>
internal sealed class CreationFaultTests
{
    // In a directory of its own, whose names are lost or kept apart from the store's.
    private const string KeyPath = "/keys/app.key";
    private const string Value = "canary-value of the first start";

    private static int Variants => Soak.Scaled("SECRETS_SOAK_VARIANTS", 3);

    [Test]
    public async Task No_store_is_left_without_its_key_wherever_the_power_fails()
    {
        int calls = await CountCallsAsync();
        int failures = 0;
        for (int at = 1; at <= calls; at++)
        {
            SimulatedDisk disk = new();
            List<string> told = await StartUntilAsync(disk, at);
            await CheckAsync(disk.Fail(null), told, $"call {at}, nothing unsynced kept");
            await CheckAsync(disk.Fail(null, keepAll: true), told, $"call {at}, everything kept");
            for (int variant = 0; variant < Variants; variant++)
                await CheckAsync(disk.Fail(new Random((at * 1000) + variant)), told, $"call {at}, sectors at random {variant}");
            failures += 2 + Variants;
        }

        await TestContext.Out.WriteLineAsync($"{failures} power failures at {calls} calls");
        Assert.That(calls, Is.GreaterThan(40));
    }

    [Test]
    public async Task A_failure_at_any_call_is_typed_and_the_next_start_succeeds([Values("ENOSPC", "EIO", "EACCES", "EROFS", "EMFILE")] string kind, [Values] bool forGood)
    {
        int calls = await CountCallsAsync();
        for (int at = 1; at <= calls; at++)
        {
            string where = $"{kind} {(forGood ? "from" : "at")} call {at}";
            SimulatedDisk disk = new();
            List<string> told = [];
            int call = 0;
            disk.OnCall = name =>
            {
                call++;
                if (CanFail(name) && (call == at || (forGood && call > at)))
                    throw DiskFailure.Make(kind);
            };
            try
            {
                await StartAsync(disk, told);
            }
            catch (SecretException error)
            {
                DiskFailure.AssertTyped(error, kind, where);
            }

            disk.OnCall = null;
            await CheckAsync(disk, told, where);
        }
    }

    // Some do their work and report a failure all the same. To ask whether a file is there is to be told no, whatever is wrong.
    private static bool CanFail(string call) =>
        call is "after-write" or "after-sync" or "after-move" or "after-sync-directory" or "after-delete"
        || (call.StartsWith("before-", StringComparison.Ordinal) && call != "before-exists");

    // What a program does when it starts for the first time.
    private static async Task StartAsync(SimulatedDisk disk, List<string> told)
    {
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(Options(disk));
        told.Add("made");
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, Value), default);
        told.Add("written");
    }

    private static async Task<int> CountCallsAsync()
    {
        int calls = 0;
        SimulatedDisk disk = new() { OnCall = call => calls++ };
        await StartAsync(disk, []);
        return calls;
    }

    private static async Task<List<string>> StartUntilAsync(SimulatedDisk disk, int at)
    {
        int calls = 0;
        List<string> told = [];
        // From the failure on nothing reaches the disk any more: the process that goes on thinking is a ghost.
        disk.OnCall = call =>
        {
            if (++calls >= at)
                throw new PowerFailedException();
        };
        try
        {
            await StartAsync(disk, told);
        }
        catch (PowerFailedException)
        {
            // The lights are out.
        }

        disk.OnCall = null;
        return told;
    }

    private static async Task CheckAsync(SimulatedDisk disk, List<string> told, string where)
    {
        try
        {
            EncryptedFileOptions options = Options(disk);
            // What was acknowledged is there; what was not may have to be made first.
            options.CreateIfMissing = told.Count == 0;
            await using (EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options))
            {
                string? value = await StoreBench.ReadAsync(store, StoreBench.Db);
                Assert.That(value, told.Contains("written") ? Is.EqualTo(Value) : Is.EqualTo(Value).Or.Null, where);
                await KeysAtHand.AssertAsync(store, disk, where);
                await store.WriteAsync(StoreBench.Write(StoreBench.Db, "after"), default);
            }

            await using EncryptedFileSecretStore again = await EncryptedFileSecretStore.OpenAsync(Options(disk));
            Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("after"), where);
            Assert.That(disk.List("/disk", "app").Concat(disk.List("/keys", "app")).Where(path => path.Contains(".creating-", StringComparison.Ordinal)), Is.Empty, where);
        }
        catch (SecretException failure)
        {
            Assert.Fail($"{where}: {failure.Reason} {failure}");
        }
    }

    private static EncryptedFileOptions Options(SimulatedDisk disk)
    {
        EncryptedFileOptions options = SimulatedStore.Options(disk);
        options.CreateIfMissing = true;
        options.Unlock.Clear();
        options.Unlock.Add(new KeyFileUnlock(KeyPath, disk));
        return options;
    }

    private sealed class PowerFailedException : Exception;
}
