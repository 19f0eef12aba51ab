using System.Diagnostics;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>A real process, really killed: what it said was written is there, and nothing else has changed.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class KilledWriterTests
{
    private const int Lanes = 4;

    // How many acknowledged writes a store gets, at most and by chance, before the kill.
    private const int MostWrites = 12;

    // Of an open after a kill, for 99 of 100: what a host can wait for while it starts. Only the long run, which has the machine to itself, can tell.
    private const double LongestOpenMilliseconds = 250;

    private readonly Lock _gate = new();
    private readonly List<double> _opens = [];
    private long _processes;
    private long _acknowledged;
    private ulong _compactions;

    private static int KillsPerLane => Soak.Scaled("SECRETS_SOAK_KILLS", 200) / Lanes;

    // A process that writes to several stores at once leaves each at a moment of its own when it is killed.
    private static int StoresPerProcess => Soak.Scaled("SECRETS_SOAK_STORES", 1);

    [Test]
    public async Task Random_kills_lose_nothing_that_was_acknowledged([Range(1, Lanes)] int lane)
    {
        StoreBench[] benches = [.. Enumerable.Range(0, StoresPerProcess).Select(_ => new StoreBench())];
        WriterPromises[] promises = [.. benches.Select(_ => new WriterPromises("w"))];
        Random random = new(lane * 7919);
        List<double> opens = [];
        int acknowledged = 0, processes = 0;
        try
        {
            foreach (StoreBench bench in benches)
                await (await bench.CreateAsync()).DisposeAsync();
            for (; opens.Count < KillsPerLane; processes++)
            {
                List<string> lines = await KillAsync(benches, random, reserves: lane % 2 == 0, (processes % 10) switch { 0 => Moment.Opening, 1 or 3 or 5 or 7 => Moment.Opened, _ => Moment.Writing });
                acknowledged += lines.Count(line => line != "open");
                for (int i = 0; i < benches.Length; i++)
                {
                    promises[i].Take(lines, i);
                    opens.Add(await CheckAsync(benches[i], promises[i], $"lane {lane}, process {processes}, store {i}"));
                }
            }

            Assert.That(acknowledged, Is.GreaterThan(0));
            ulong generations = 0;
            foreach (StoreBench bench in benches)
            {
                await using EncryptedFileSecretStore last = await bench.OpenAsync();
                Assert.That((await last.Maintenance.VerifyAsync()).IsSound, Is.True);
                generations += last.Maintenance.GetStatus().Generation;
            }

            opens.Sort();
            if (Soak.IsLong("SECRETS_SOAK_KILLS"))
                Assert.That(opens[opens.Count * 99 / 100], Is.LessThan(LongestOpenMilliseconds), "ms to open after a kill, 99 %");
            lock (_gate)
            {
                _opens.AddRange(opens);
                _processes += processes;
                _acknowledged += acknowledged;
                _compactions += generations;
            }
        }
        finally
        {
            foreach (StoreBench bench in benches)
                bench.Dispose();
        }
    }

    [OneTimeTearDown]
    public void OneTimeTearDown()
    {
        if (_opens.Count == 0)
            return;
        _opens.Sort();
        Soak.Report(
            $"{_processes:N0} killed processes, {_opens.Count:N0} stores opened after: {_acknowledged:N0} acknowledged writes, none lost; {_compactions:N0} compactions; "
            + $"open after a kill: median {_opens[_opens.Count / 2]:0.0} ms, 99 % {_opens[_opens.Count * 99 / 100]:0.0} ms, slowest {_opens[^1]:0.0} ms");
    }

    private static async Task<List<string>> KillAsync(StoreBench[] benches, Random random, bool reserves, Moment moment)
    {
        int wanted = moment == Moment.Opened ? 1 : 2 + random.Next(MostWrites * benches.Length);
        using ChildProcess child = new(benches, "write", "w", wanted, ChildProcess.ReservesAtOnce(reserves));
        if (moment != Moment.Opening)
            await child.SaidEnough;
        await Task.Delay(random.Next(0, moment switch { Moment.Opening => 60, Moment.Opened => 20, _ => 3 }));
        await child.KillAsync();
        Assert.That(child.Errors, Is.Empty);
        return child.Lines;
    }

    private static async Task<double> CheckAsync(StoreBench bench, WriterPromises promises, string where)
    {
        long started = Stopwatch.GetTimestamp();
        await using EncryptedFileSecretStore store = await bench.OpenAsync();
        double took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await promises.CheckAsync(store, where);
        Canaries.AssertNowhereIn(bench.Directory.Path);
        return took;
    }

    private enum Moment
    {
        /// <summary>While it starts or opens.</summary>
        Opening,

        /// <summary>Around its first writes.</summary>
        Opened,

        /// <summary>After so many acknowledged writes.</summary>
        Writing,
    }
}
