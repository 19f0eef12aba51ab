using System.Globalization;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>A process that is really killed in the middle of a key rotation; whoever comes next goes on with it.</summary>
internal sealed class KilledRotationTests
{
    private const int Secrets = 14;
    private const int Kills = 10;

    [Test]
    public async Task A_key_rotation_that_was_killed_at_any_step_is_finished_by_the_next_one()
    {
        int steps = await StepsAsync();
        int[] kills = [.. Enumerable.Range(0, Kills).Select(i => 1 + (i * (steps - 1) / (Kills - 1))).Distinct()];
        int[] resumed = new int[3];
        await Parallel.ForEachAsync(kills, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (step, cancel) =>
        {
            cancel.ThrowIfCancellationRequested();
            Interlocked.Increment(ref resumed[(int)await KillAndResumeAsync(step)]);
        });
        Soak.Report(
            $"{kills.Length} kills in {steps} steps: {resumed[(int)Found.NotBegun]} before the new epoch, {resumed[(int)Found.HalfWay]} half way, {resumed[(int)Found.Finished]} after the last step");
        Assert.That(resumed[(int)Found.HalfWay], Is.GreaterThan(kills.Length / 2));
    }

    private static async Task<int> StepsAsync()
    {
        using StoreBench bench = await FilledAsync();
        using ChildProcess child = new(bench, "rotate", "0");
        Assert.That(await child.EndAsync(), Is.Zero, child.Errors);
        return int.Parse(child.Lines.Single(line => line.StartsWith("steps ", StringComparison.Ordinal))[6..], CultureInfo.InvariantCulture);
    }

    private static async Task<Found> KillAndResumeAsync(int step)
    {
        string where = $"step {step}";
        using StoreBench bench = await FilledAsync();
        using ChildProcess child = new(bench, "rotate", step.ToString(CultureInfo.InvariantCulture));
        Assert.That(await child.EndAsync(), Is.EqualTo(137), $"{where} {child.Errors}");

        await using EncryptedFileSecretStore store = await bench.OpenAsync(options => options.RewrapBatch = Rotating.Batch);
        await CheckAsync(store, where);
        KeySet keys = store.CurrentState.CurrentKeySet!;
        Found found = keys.Epochs.Count == 2 ? Found.HalfWay : store.Maintenance.GetStatus().KeyEpoch == 1 ? Found.NotBegun : Found.Finished;
        if (found != Found.Finished)
            await store.Maintenance.RotateKeyAsync();

        // One rotation in all: what was begun is finished, and nothing is begun anew.
        Assert.That(store.Maintenance.GetStatus().KeyEpoch, Is.EqualTo(2), where);
        Assert.That(store.CurrentState.CurrentKeySet!.Epochs.Select(epoch => epoch.Number), Is.EqualTo(new[] { 2u }), where);
        await CheckAsync(store, where);
        await using EncryptedFileSecretStore again = await bench.OpenAsync();
        await CheckAsync(again, where);
        Assert.That((await again.Maintenance.VerifyAsync()).IsSound, Is.True, where);
        Canaries.AssertNowhereIn(bench.Directory.Path);
        return found;
    }

    private static async Task<StoreBench> FilledAsync()
    {
        StoreBench bench = new();
        await using EncryptedFileSecretStore store = await bench.CreateAsync();
        await Task.WhenAll(Enumerable.Range(0, Secrets).Select(i => store.WriteAsync(StoreBench.Write(Name(i), $"canary-value {i} old"), default).AsTask()));
        await store.WriteAsync(StoreBench.Write(Name(0), "canary-value 0 new"), default);
        await store.DeleteAsync(new SecretDelete(Name(1)), default);
        return bench;
    }

    private static async Task CheckAsync(EncryptedFileSecretStore store, string where)
    {
        Assert.That(await StoreBench.ReadAsync(store, Name(0)), Is.EqualTo("canary-value 0 new"), where);
        Assert.That(await StoreBench.ReadAsync(store, Name(0), new SecretVersion("1")), Is.EqualTo("canary-value 0 old"), where);
        Assert.That(await StoreBench.ReadAsync(store, Name(1)), Is.Null, where);
        for (int i = 2; i < Secrets; i++)
            Assert.That(await StoreBench.ReadAsync(store, Name(i)), Is.EqualTo($"canary-value {i} old"), where);
    }

    private static SecretAddress Name(int number) => SecretAddress.Public($"s{number}");

    private enum Found
    {
        NotBegun,
        HalfWay,
        Finished,
    }
}
