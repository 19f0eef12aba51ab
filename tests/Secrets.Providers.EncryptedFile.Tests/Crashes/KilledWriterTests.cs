using System.Diagnostics;
using System.Globalization;
using Secrets.Testing.FileWriter;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>A real process, really killed: what it said was written is there, and nothing else has changed.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class KilledWriterTests
{
    private const int Lanes = 4;

    private static int KillsPerLane => Soak.Scaled("SECRETS_SOAK_KILLS", 200) / Lanes;

    [Test]
    public async Task Random_kills_lose_nothing_that_was_acknowledged([Range(1, Lanes)] int lane)
    {
        using StoreBench bench = new();
        await using (EncryptedFileSecretStore created = await bench.CreateAsync())
            _ = created.Name;
        Random random = new(lane * 7919);
        TimeSpan slowest = default;
        int acknowledged = 0;
        for (int kill = 0; kill < KillsPerLane; kill++)
        {
            using ChildProcess child = new(bench, "write", "w");
            // Most while it writes, some while it opens.
            if (kill % 10 != 0)
                await child.Open;
            await Task.Delay(random.Next(0, 60));
            await child.KillAsync();
            Assert.That(child.Errors, Is.Empty);
            acknowledged += child.Lines.Count;

            long started = Stopwatch.GetTimestamp();
            await using EncryptedFileSecretStore store = await bench.OpenAsync();
            TimeSpan took = Stopwatch.GetElapsedTime(started);
            slowest = took > slowest ? took : slowest;
            await CheckAsync(store, child.Lines, $"lane {lane}, kill {kill}");
        }

        await using EncryptedFileSecretStore last = await bench.OpenAsync();
        Assert.That((await last.Maintenance.VerifyAsync()).IsSound, Is.True);
        Assert.That(acknowledged, Is.GreaterThan(0));
        Canaries.AssertNowhereIn(bench.Directory.Path);
        await TestContext.Out.WriteLineAsync(
            $"{KillsPerLane} kills, {acknowledged} acknowledged writes, generation {last.Maintenance.GetStatus().Generation}, slowest open {slowest.TotalMilliseconds:0} ms");
    }

    private static async Task CheckAsync(EncryptedFileSecretStore store, List<string> lines, string where)
    {
        Dictionary<string, (ulong Version, long Number)> acknowledged = [];
        foreach (string[] words in lines.Select(line => line.Split(' ')).Where(words => words.Length == 4))
            acknowledged[words[0]] = (ulong.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture));
        for (int i = 0; i < Writing.Names; i++)
        {
            SecretAddress address = SecretAddress.Public($"w-{i}");
            SecretReadResult current = (await store.ReadAsync([new SecretRead(address)], default))[0];
            if (!acknowledged.TryGetValue(address.Name, out (ulong Version, long Number) promised))
            {
                Assert.That(current.Status, Is.AnyOf(SecretReadStatus.Found, SecretReadStatus.NotFound), where);
                continue;
            }

            // Each name has one write under way at most: it is there whole, or not at all.
            Assert.That(VersionNumber.Parse(current.Secret!.Version), Is.AnyOf(promised.Version, promised.Version + 1), where);
            Check(current.Secret, where);
            Secret exact = (await store.ReadAsync([new SecretRead(address, VersionNumber.Format(promised.Version))], default))[0].Secret!;
            Assert.That(exact["number"].RevealString(), Is.EqualTo($"{promised.Number}"), where);
            Check(exact, where);
        }
    }

    private static void Check(Secret secret, string where)
    {
        long number = long.Parse(secret["number"].RevealString(), CultureInfo.InvariantCulture);
        Assert.That(secret["value"].RevealString(), Is.EqualTo(Writing.ValueOf(secret.Name, number)), where);
    }
}
