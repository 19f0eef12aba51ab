using System.Globalization;

namespace Secrets.Providers.EncryptedFile.Tests.Crashes;

/// <summary>Writers and readers in processes of their own, killed at random and started again.</summary>
internal sealed class SeveralProcessesTests
{
    private const int Writers = 4;
    private const int Readers = 4;
    private const int LongestWaitMilliseconds = 5000;

    private static TimeSpan Duration => TimeSpan.FromSeconds(Soak.Scaled("SECRETS_SOAK_SECONDS", 5));

    [Test]
    public async Task Four_writers_and_four_readers_with_random_kills_lose_nothing()
    {
        using StoreBench bench = new();
        await using (EncryptedFileSecretStore created = await bench.CreateAsync())
            _ = created.Name;
        string names = string.Join(',', Enumerable.Range(0, Writers).Select(i => $"w{i}"));
        using CancellationTokenSource end = new(Duration);
        List<List<string>>[] lives = await Task.WhenAll(
            Enumerable.Range(0, Writers).Select(i => RunAsync(bench, "write", $"w{i}", i, end.Token))
                .Concat(Enumerable.Range(0, Readers).Select(i => RunAsync(bench, "read", names, 100 + i, end.Token))));

        string[] lines = [.. lives.SelectMany(processes => processes).SelectMany(said => said)];
        Assert.That(lines.Where(line => line.StartsWith("bad", StringComparison.Ordinal) || line.StartsWith("error", StringComparison.Ordinal)), Is.Empty);
        string[][] acknowledged = [.. lines.Select(line => line.Split(' ')).Where(words => words.Length == 5)];
        await using EncryptedFileSecretStore store = await bench.OpenAsync();
        for (int i = 0; i < Writers; i++)
        {
            WriterPromises promises = new($"w{i}");
            lives[i].ForEach(said => promises.Take(said, store: 0));
            await promises.CheckAsync(store, "at the end");
        }

        Assert.That((await store.Maintenance.VerifyAsync()).IsSound, Is.True);
        int longest = acknowledged.Max(words => int.Parse(words[4], CultureInfo.InvariantCulture));
        // How long a wait takes depends on what else the machine does; the long run has the machine to itself.
        if (Soak.IsLong("SECRETS_SOAK_SECONDS"))
            Assert.That(longest, Is.LessThan(LongestWaitMilliseconds));
        Soak.Report($"{Writers} writers and {Readers} readers, {Duration.TotalSeconds} s: {acknowledged.Length} acknowledged writes, none lost; longest wait {longest} ms, generation {store.Maintenance.GetStatus().Generation}");
    }

    // What each process said, one life after the other.
    private static async Task<List<List<string>>> RunAsync(StoreBench bench, string mode, string name, int seed, CancellationToken end)
    {
        Random random = new(seed);
        List<List<string>> lives = [];
        while (!end.IsCancellationRequested)
        {
            // Two lines: it is open, and has written or read something.
            using ChildProcess child = new([bench], mode, name, wanted: 2);
            try
            {
                await child.SaidEnough;
                await Task.Delay(random.Next(300, 2000), end);
            }
            catch (OperationCanceledException)
            {
                // The end of the test is a kill like any other.
            }

            await child.KillAsync();
            lives.Add(child.Errors.Length > 0 ? [.. child.Lines, "error " + child.Errors] : child.Lines);
        }

        return lives;
    }
}
