using Secrets.Testing.FileWriter;
using Secrets.Providers.EncryptedFile.Tests.Crashes;

namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>The power fails at every call to the file system, and what was not synced is lost wholly, in part, or not at all.</summary>
internal sealed class PowerFailureTests
{
    private static int Variants => Soak.Scaled("SECRETS_SOAK_VARIANTS", 3);

    [Test]
    public async Task No_acknowledged_write_is_lost_wherever_the_power_fails([Values] bool reserves)
    {
        int calls = await CountCallsAsync(reserves);
        int failures = 0;
        for (int at = 1; at <= calls; at++)
        {
            (SimulatedDisk disk, List<string> told) = await RunUntilAsync(at, reserves);
            await CheckAsync(disk.Fail(null), told, $"call {at}, nothing unsynced kept");
            await CheckAsync(disk.Fail(null, keepAll: true), told, $"call {at}, everything kept");
            for (int variant = 0; variant < Variants; variant++)
                await CheckAsync(disk.Fail(new Random((at * 1000) + variant)), told, $"call {at}, sectors at random {variant}");
            failures += 2 + Variants;
        }

        Soak.Report($"{failures} power failures at {calls} calls{(reserves ? ", space reserved ahead" : "")}");
        Assert.That(calls, Is.GreaterThan(100));
    }

    private static async Task<int> CountCallsAsync(bool reserves)
    {
        int calls = 0;
        SimulatedDisk disk = await NewAsync(reserves);
        disk.OnCall = call => calls += Counts(call) ? 1 : 0;
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk));
        await Crashing.EverythingAsync(store, SimulatedStore.Options(disk), told => Task.CompletedTask);
        return calls;
    }

    private static async Task<(SimulatedDisk Disk, List<string> Told)> RunUntilAsync(int at, bool reserves)
    {
        int calls = 0;
        List<string> told = [];
        SimulatedDisk disk = await NewAsync(reserves);
        // From the failure on nothing reaches the disk any more: the process that goes on thinking is a ghost.
        disk.OnCall = call =>
        {
            if (Counts(call) && ++calls >= at)
                throw new PowerFailedException();
            if (calls >= at)
                throw new PowerFailedException();
        };
        try
        {
            await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk));
            await Crashing.EverythingAsync(
                store,
                SimulatedStore.Options(disk),
                line =>
                {
                    told.Add(line);
                    return Task.CompletedTask;
                });
        }
        catch (PowerFailedException)
        {
            // The lights are out.
        }

        disk.OnCall = null;
        return (disk, told);
    }

    private static async Task CheckAsync(SimulatedDisk disk, List<string> told, string where)
    {
        try
        {
            await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(SimulatedStore.Options(disk));
            await Promises.CheckAsync(store, told, where);
            await KeysAtHand.AssertAsync(store, disk, where);
            Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True, where);
            await store.WriteAsync(StoreBench.Write(SecretAddress.Public("after"), "after"), default);
        }
        catch (SecretException failure)
        {
            Assert.Fail($"{where}: {failure.Reason} {failure.Message}");
        }
    }

    private static async Task<SimulatedDisk> NewAsync(bool reserves)
    {
        SimulatedDisk disk = new() { ReservesAtOnce = reserves };
        await using EncryptedFileSecretStore created = await EncryptedFileSecretStore.CreateAsync(SimulatedStore.Options(disk));
        return disk;
    }

    // What only looks changes nothing: a failure there is one at the call before.
    private static bool Counts(string call) => call is not ("before-read" or "after-read" or "before-length" or "after-length" or "before-is-at" or "after-is-at" or "before-exists" or "after-exists" or "before-list" or "after-list");

    private sealed class PowerFailedException : Exception;
}
