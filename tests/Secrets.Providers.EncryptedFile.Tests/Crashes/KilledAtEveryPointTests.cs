using System.Globalization;
using Secrets.Providers.EncryptedFile.Tests.Faults;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>
/// A process that kills itself at each named point (before and after each write, half of a write, sync, rename, lock and anchor, on each file
/// that takes part), the first and the last time it comes there.
/// </summary>
internal sealed class KilledAtEveryPointTests
{
    [Test]
    public async Task A_kill_at_any_named_point_leaves_a_whole_store([Values] bool reserves)
    {
        List<(string Point, int Step)> points = await PointsAsync(reserves);
        Assert.That(points, Has.Count.GreaterThan(20));
        await Parallel.ForEachAsync(points, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (point, cancel) =>
        {
            using StoreBench bench = new();
            await using (EncryptedFileSecretStore created = await bench.CreateAsync())
                _ = created.Name;
            cancel.ThrowIfCancellationRequested();
            using ChildProcess child = new([bench], "crash", point.Step.ToString(CultureInfo.InvariantCulture), environment: ChildProcess.ReservesAtOnce(reserves));
            int exit = await child.EndAsync();
            Assert.That(child.Errors, Is.Empty, point.Point);
            Assert.That(exit, Is.EqualTo(137), point.Point);
            await CheckAsync(bench, child.Lines, point.Point);
        });
        Soak.Report($"{points.Count} kills at {points.Select(point => point.Point).Distinct().Count()} named points{(reserves ? ", space reserved ahead" : "")}");
    }

    private static async Task<List<(string Point, int Step)>> PointsAsync(bool reserves)
    {
        using StoreBench bench = new();
        await using (EncryptedFileSecretStore created = await bench.CreateAsync())
            _ = created.Name;
        using ChildProcess child = new([bench], "crash", "0", environment: ChildProcess.ReservesAtOnce(reserves));
        Assert.That(await child.EndAsync(), Is.Zero, child.Errors);
        List<(string Point, int Step)> points = [];
        foreach (string[] words in child.Lines.Select(line => line.Split(' ')).Where(words => words[0] == "point"))
        {
            points.Add((words[1], int.Parse(words[2], CultureInfo.InvariantCulture)));
            if (words[3] != words[2])
                points.Add((words[1], int.Parse(words[3], CultureInfo.InvariantCulture)));
        }

        return points;
    }

    private static async Task CheckAsync(StoreBench bench, List<string> promises, string where)
    {
        await using EncryptedFileSecretStore store = await bench.OpenAsync(options => options.Anchor = new FileRollbackAnchor(bench.AnchorDirectory));
        await Promises.CheckAsync(store, promises, where);
        await KeysAtHand.AssertAsync(store, PhysicalFileOperations.Instance, where);
        Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True, where);
        // And it goes on from here.
        await Crashing.EverythingAsync(store, bench.Options(), told => Task.CompletedTask, "db-after", "gone-after");
        Canaries.AssertNowhereIn(bench.Directory.Path);
        Assert.That(Directory.EnumerateFiles(bench.Directory.Path, "*.compacting-*"), Is.Empty, where);
    }
}
