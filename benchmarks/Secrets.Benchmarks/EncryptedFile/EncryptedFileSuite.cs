using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Secrets.Testing;

namespace Secrets.Benchmarks;

/// <summary>
/// The embedded store beside bare append and fsync on the same disk, round by round in one process, and beside the JSON file of
/// <c>dotnet user-secrets</c>, which is rewritten whole at each change.
/// </summary>
internal static class EncryptedFileSuite
{
    private const int Rounds = 7;
    private const int RecordLength = 400;
    private const int JsonSecrets = 1000;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(0.7);

    // What is measured is a process that has been at it for a while: the compiler takes some seconds to know what is worth its time.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    internal static async Task RunAsync(TextWriter output)
    {
        using TemporaryDirectory directory = new();
        await MeasureWritesAsync(directory, output);
        await MeasureReadsAsync(directory, 100_000, output);
        await MeasureCachedReadsAsync(directory, output);
    }

    internal static async Task RunMillionAsync(TextWriter output)
    {
        using TemporaryDirectory directory = new();
        await MeasureReadsAsync(directory, 1_000_000, output);
    }

    private static async Task MeasureWritesAsync(TemporaryDirectory directory, TextWriter output)
    {
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(OptionsFor(directory, "writes"));
        List<double> bare = [], single = [], many = [], json = [], singleRatio = [], manyRatio = [], manyOfSingle = [];
        int next = 0;
        for (int round = 0; round <= Rounds; round++)
        {
            double appended = AppendAndSync(directory["bare"]);
            TimeSpan length = round == 0 ? WarmUp : Round;
            double one = await RateAsync(1, length, async () => await store.WriteAsync(Put(Interlocked.Increment(ref next)), default));
            double sixtyFour = await RateAsync(64, length, async () => await store.WriteAsync(Put(Interlocked.Increment(ref next)), default));
            double rewritten = RewriteJson(directory["secrets.json"]);
            if (round == 0)
                continue;
            bare.Add(appended);
            single.Add(one);
            many.Add(sixtyFour);
            json.Add(rewritten);
            singleRatio.Add(one / appended);
            manyRatio.Add(sixtyFour / appended);
            manyOfSingle.Add(sixtyFour / one);
        }

        output.WriteLine($"bare append of {RecordLength} bytes and fsync          {Median(bare),12:N0} /s");
        output.WriteLine($"durable put, one writer                     {Median(single),12:N0} /s   {Median(singleRatio):P0} of bare");
        output.WriteLine($"durable put, 64 writers                     {Median(many),12:N0} /s   {Median(manyRatio):N1} x bare, {Median(manyOfSingle):N1} x one writer");
        output.WriteLine($"user-secrets JSON of {JsonSecrets} values rewritten, no fsync {Median(json),6:N0} /s");
    }

    private static async Task MeasureReadsAsync(TemporaryDirectory directory, int count, TextWriter output)
    {
        EncryptedFileOptions options = OptionsFor(directory, "reads");
        await FillAsync(options, count);
        long length = new FileInfo(options.Path).Length;
        output.WriteLine($"{count:N0} secrets of one 40-byte value: file {length:N0} bytes, {length / (double)count - 40:N0} bytes of overhead each");
        List<double> opens = [];
        for (int i = 0; i < 5; i++)
            opens.Add(await OpenAndCloseAsync(options));

        long before = await SettledAsync();
        EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        long memory = await SettledAsync() - before;
        output.WriteLine($"open {count:N0}: {Median(opens):N0} ms (best {opens.Min():N0}); {memory / 1024.0 / 1024:N0} MiB, {memory / (double)count:N0} bytes each");
        await MeasureColdReadsAsync(store, count, output);
        await store.DisposeAsync();
    }

    // Through a client: the store is not asked again, so this is the client's own warm read, beside the floor that read-path has.
    private static async Task MeasureCachedReadsAsync(TemporaryDirectory directory, TextWriter output)
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(i => $"service_{i:000}/password")];
        EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(OptionsFor(directory, "cached"));
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseStore(_ => store).WithScopes(project: "churn", cluster: "gpu-1"));
        ConcurrentDictionary<string, Secret> floor = new();
        foreach (string name in names)
        {
            await store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public(name), default), new SecretValues { ["value"] = "0123456789" }), default);
            floor[name] = await client.GetSecretAsync(name);
        }

        new PairedRun(TimeSpan.FromMilliseconds(150), rounds: 15)
            .Add("ConcurrentDictionary.TryGetValue (the floor)", count => Each(count, names, name => floor.TryGetValue(name, out _)))
            .Add("TryGetSecret over this store, warm", count => Each(count, names, name => client.TryGetSecret(name, out _)))
            .Run(output);
    }

    private static void Each(int count, string[] names, Func<string, bool> read)
    {
        for (int i = 0, n = 0; i < count; i++)
        {
            if (!read(names[n]))
                throw new InvalidOperationException($"'{names[n]}' is not there.");
            if (++n == names.Length) n = 0;
        }
    }

    // What is alive: several collections, because finalizers and pools let go of things one collection later; and from a stack of its own,
    // because the frames below a continuation still hold what they opened and closed.
    private static async Task<long> SettledAsync()
    {
        for (int i = 0; i < 3; i++)
        {
            await Task.Yield();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    // Methods of their own, so that nothing of the store stays alive in this one's state.
    private static async Task FillAsync(EncryptedFileOptions options, int count)
    {
        await using EncryptedFileSecretStore filled = await EncryptedFileSecretStore.CreateAsync(options);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (i, cancel) => await filled.WriteAsync(Put(i), cancel));
    }

    private static async Task<double> OpenAndCloseAsync(EncryptedFileOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        await using EncryptedFileSecretStore opened = await EncryptedFileSecretStore.OpenAsync(options);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task MeasureColdReadsAsync(EncryptedFileSecretStore store, int count, TextWriter output)
    {
        List<double> one = [], batch = [], two = [];
        Random random = new(1);
        for (int round = 0; round <= Rounds; round++)
        {
            TimeSpan length = round == 0 ? WarmUp : Round;
            double single = await RateAsync(1, length, async () => await store.ReadAsync([new SecretRead(Address(random.Next(count)))], default));
            double pair = await RateAsync(2, length, async () => await store.ReadAsync([new SecretRead(Address(Random.Shared.Next(count)))], default));
            double batched = 100 * await RateAsync(1, length, async () => await store.ReadAsync([.. Enumerable.Range(0, 100).Select(_ => new SecretRead(Address(random.Next(count))))], default));
            if (round == 0)
                continue;
            one.Add(single);
            two.Add(pair);
            batch.Add(batched);
        }

        output.WriteLine($"cold read, one thread {Median(one):N0} /s; two threads {Median(two):N0} /s; batches of 100 {Median(batch):N0} /s");
    }

    private static double AppendAndSync(string path)
    {
        using FileStream file = new(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        byte[] record = new byte[RecordLength];
        long done = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Round)
        {
            file.Write(record);
            file.Flush(flushToDisk: true);
            done++;
        }

        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double RewriteJson(string path)
    {
        Dictionary<string, string> secrets = Enumerable.Range(0, JsonSecrets).ToDictionary(i => $"secret-{i:D7}:value", _ => new string('x', 40));
        long done = 0;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Round)
        {
            secrets["secret-0000001:value"] = new string('y', 40);
            File.WriteAllText(path, JsonSerializer.Serialize(secrets));
            done++;
        }

        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<double> RateAsync(int workers, TimeSpan length, Func<ValueTask> act)
    {
        long done = 0;
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            long mine = 0;
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                await act();
                mine++;
            }

            Interlocked.Add(ref done, mine);
        })));
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static EncryptedFileOptions OptionsFor(TemporaryDirectory directory, string name)
    {
        EncryptedFileOptions options = new(directory[name + ".secrets"]) { Anchor = new FileRollbackAnchor(directory["anchors"]) };
        options.Unlock.Add(UnlockMethod.KeyFile(directory[name + ".key"]));
        return options;
    }

    private static SecretAddress Address(int number) => SecretAddress.Public($"secret-{number:D7}");

    private static SecretWrite Put(int number) =>
        new(new SecretProperties(Address(number), default), new SecretValues { ["value"] = "0123456789012345678901234567890123456789" });

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
