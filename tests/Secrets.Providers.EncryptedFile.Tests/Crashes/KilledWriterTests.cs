using System.Diagnostics;
using System.Globalization;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>A real process, really killed: what it said was written is there, and nothing else has changed.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class KilledWriterTests
{
    private const int Lanes = 4;

    // How many acknowledged writes a store gets, at most and by chance, before the kill.
    private const int MostWrites = 12;

    private static int KillsPerLane => Soak.Scaled("SECRETS_SOAK_KILLS", 200) / Lanes;

    // A process that writes to several stores at once leaves each at a moment of its own when it is killed.
    private static int StoresPerProcess => Soak.Scaled("SECRETS_SOAK_STORES", 1);

    [Test]
    public async Task Random_kills_lose_nothing_that_was_acknowledged([Range(1, Lanes)] int lane)
    {
        StoreBench[] benches = [.. Enumerable.Range(0, StoresPerProcess).Select(_ => new StoreBench())];
        Random random = new(lane * 7919);
        List<double> opens = [];
        int acknowledged = 0, processes = 0;
        try
        {
            foreach (StoreBench bench in benches)
                await (await bench.CreateAsync()).DisposeAsync();
            for (; opens.Count < KillsPerLane; processes++)
            {
                List<string> lines = await KillAsync(benches, random, (processes % 10) switch { 0 => Moment.Opening, 1 or 3 or 5 or 7 => Moment.Opened, _ => Moment.Writing });
                acknowledged += lines.Count(line => line != "open");
                for (int i = 0; i < benches.Length; i++)
                    opens.Add(await CheckAsync(benches[i], Promises(lines, i), $"lane {lane}, process {processes}, store {i}"));
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
            await TestContext.Out.WriteLineAsync(
                $"{opens.Count} stores of {processes} killed processes, {acknowledged} acknowledged writes, {generations} compactions, "
                + $"open: median {opens[opens.Count / 2]:0.0} ms, 99 % {opens[opens.Count * 99 / 100]:0.0} ms, slowest {opens[^1]:0.0} ms");
        }
        finally
        {
            foreach (StoreBench bench in benches)
                bench.Dispose();
        }
    }

    private static async Task<List<string>> KillAsync(StoreBench[] benches, Random random, Moment moment)
    {
        using ChildProcess child = new(benches, "write", "w", wanted: moment == Moment.Opened ? 1 : 2 + random.Next(MostWrites * benches.Length));
        if (moment != Moment.Opening)
            await child.SaidEnough;
        await Task.Delay(random.Next(0, moment switch { Moment.Opening => 60, Moment.Opened => 20, _ => 3 }));
        await child.KillAsync();
        Assert.That(child.Errors, Is.Empty);
        return child.Lines;
    }

    // By name, the last version that was acknowledged.
    private static Dictionary<string, (ulong Version, long Number)> Promises(List<string> lines, int store)
    {
        Dictionary<string, (ulong Version, long Number)> promises = [];
        foreach (string[] words in lines.Select(line => line.Split(' ')).Where(words => words.Length == 5 && words[0] == $"{store}"))
            promises[words[1]] = (ulong.Parse(words[2], CultureInfo.InvariantCulture), long.Parse(words[3], CultureInfo.InvariantCulture));
        return promises;
    }

    private static async Task<double> CheckAsync(StoreBench bench, Dictionary<string, (ulong Version, long Number)> promises, string where)
    {
        long started = Stopwatch.GetTimestamp();
        await using EncryptedFileSecretStore store = await bench.OpenAsync();
        double took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        for (int i = 0; i < Writing.Names; i++)
        {
            SecretAddress address = SecretAddress.Public($"w-{i}");
            SecretReadResult current = (await store.ReadAsync([new SecretRead(address)], default))[0];
            if (current.Secret is { } secret)
                Check(secret, where);
            if (!promises.TryGetValue(address.Name, out (ulong Version, long Number) promised))
            {
                Assert.That(current.Status, Is.AnyOf(SecretReadStatus.Found, SecretReadStatus.NotFound), where);
                continue;
            }

            // Each name has one write under way at most: it is there whole, or not at all.
            Assert.That(VersionNumber.Parse(current.Secret!.Version), Is.AnyOf(promised.Version, promised.Version + 1), where);
            Secret exact = (await store.ReadAsync([new SecretRead(address, VersionNumber.Format(promised.Version))], default))[0].Secret!;
            Assert.That(exact["number"].RevealString(), Is.EqualTo($"{promised.Number}"), where);
            Check(exact, where);
        }

        Canaries.AssertNowhereIn(bench.Directory.Path);
        return took;
    }

    private static void Check(Secret secret, string where)
    {
        long number = long.Parse(secret["number"].RevealString(), CultureInfo.InvariantCulture);
        Assert.That(secret["value"].RevealString(), Is.EqualTo(Writing.ValueOf(secret.Name, number)), where);
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
