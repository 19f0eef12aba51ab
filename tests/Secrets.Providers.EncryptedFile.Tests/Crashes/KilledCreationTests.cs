using System.Globalization;
using Secrets.Providers.EncryptedFile.Tests.Faults;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>A process that kills itself at each step of its first start: before and after each write, half of a write, sync, rename, lock.</summary>
internal sealed class KilledCreationTests
{
    [Test]
    public async Task A_kill_at_any_step_of_a_first_start_leaves_no_store_without_its_key_and_the_next_start_goes_on()
    {
        int steps = await StepsAsync();
        Assert.That(steps, Is.GreaterThan(20));
        int[] stores = new int[2];
        await Parallel.ForEachAsync(Enumerable.Range(1, steps), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (step, cancel) =>
        {
            cancel.ThrowIfCancellationRequested();
            using StoreBench bench = new();
            using ChildProcess child = new(bench, "start", step.ToString(CultureInfo.InvariantCulture));
            Assert.That(await child.EndAsync(), Is.EqualTo(137), $"step {step} {child.Errors}");
            Interlocked.Increment(ref stores[await GoOnAsync(bench, child.Lines, $"step {step}") ? 1 : 0]);
        });
        await TestContext.Out.WriteLineAsync($"{steps} kills: {stores[0]} before there was a store, {stores[1]} after");
        Assert.That(stores, Is.All.GreaterThan(4));
    }

    private static async Task<int> StepsAsync()
    {
        using StoreBench bench = new();
        using ChildProcess child = new(bench, "start", "0");
        Assert.That(await child.EndAsync(), Is.Zero, child.Errors);
        return int.Parse(child.Lines.Single(line => line.StartsWith("steps ", StringComparison.Ordinal))[6..], CultureInfo.InvariantCulture);
    }

    // As a person would: make it; if it says that there is one, open that.
    private static async Task<bool> GoOnAsync(StoreBench bench, List<string> told, string where)
    {
        bool wasThere = false;
        EncryptedFileSecretStore? store = null;
        try
        {
            store = await bench.CreateAsync();
        }
        catch (SecretException failure) when (failure.Reason == "already-exists")
        {
            wasThere = true;
        }

        await using (store ??= await bench.OpenAsync(options => options.Anchor = new FileRollbackAnchor(bench.AnchorDirectory)))
        {
            string? value = await StoreBench.ReadAsync(store, StoreBench.Db);
            Assert.That(value, told.Contains("written") ? Is.EqualTo(Writing.ValueOf("db", 1)) : Is.EqualTo(Writing.ValueOf("db", 1)).Or.Null, where);
            Assert.That(wasThere || !told.Contains("made"), Is.True, where);
            await KeysAtHand.AssertAsync(store, PhysicalFileOperations.Instance, where);
            await store.WriteAsync(StoreBench.Write(StoreBench.Db, "canary-value after"), default);
        }

        await using (EncryptedFileSecretStore again = await bench.OpenAsync())
            Assert.That(await StoreBench.ReadAsync(again, StoreBench.Db), Is.EqualTo("canary-value after"), where);
        Assert.That(Directory.EnumerateFiles(bench.Directory.Path, "*.creating-*"), Is.Empty, where);
        Canaries.AssertNowhereIn(bench.Directory.Path);
        return wasThere;
    }
}
