using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;

namespace Secrets.Benchmarks.ReadPath;

/// <summary>
/// What reads cost: warm beside the floor (a look-up of the same names in the same rotation) and beside what people use instead; with more
/// threads; and cold, as store calls and as time against the ideal.
/// </summary>
public static class ReadPathSuite
{
    private const int NameCount = 100;
    private static readonly string[] Names = [.. Enumerable.Range(0, NameCount).Select(i => $"service_{i:000}/password")];

    public static async Task RunAsync(TextWriter output)
    {
        InMemorySecretStore store = new();
        foreach (string name in Names)
            store.Put(SecretAddress.Public(name), new() { ["key"] = "not-a-real-key" });
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseInMemory(store).WithScopes(project: "churn", cluster: "gpu-1"));
        ConcurrentDictionary<string, Secret> floor = new();
        ConcurrentDictionary<string, Lazy<Task<Secret>>> lazies = new();
        using MemoryCache memory = new(new MemoryCacheOptions());
        foreach (string name in Names)
        {
            Secret secret = await client.GetSecretAsync(name);
            floor[name] = secret;
            lazies[name] = new Lazy<Task<Secret>>(Task.FromResult(secret));
            await memory.GetOrCreateAsync(name, _ => Task.FromResult(secret));
        }

        new PairedRun(TimeSpan.FromMilliseconds(150), rounds: 15)
            .Add("ConcurrentDictionary.TryGetValue (the floor)", count => Each(count, new FloorRead(floor)))
            .Add("TryGetSecret, warm", count => Each(count, new WarmRead(client)))
            .Add("GetSecretAsync, completed ValueTask", count => Each(count, new AsyncRead(client)))
            .Add("GetSecretAsync(SecretLookup), completed", count => Each(count, new LookupRead(client)))
            .Add("ConcurrentDictionary<string, Lazy<Task>>", count => Each(count, new LazyRead(lazies)))
            .Add("IMemoryCache.GetOrCreateAsync", count => Each(count, new MemoryCacheRead(memory)))
            .Run(output);

        output.WriteLine();
        Scale(output, client);
        await ColdAsync(output);
    }

    // Generic over a struct, so that no delegate is between the loop and what it measures, the floor least of all.
    private static void Each<TRead>(int count, TRead read)
        where TRead : struct, IRead
    {
        Secret? last = null;
        for (int i = 0, n = 0; i < count; i++)
        {
            last = read.Read(Names[n]);
            if (++n == NameCount) n = 0;
        }

        GC.KeepAlive(last);
    }

    private static void Scale(TextWriter output, SecretsClient client)
    {
        double one = 0;
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            double best = Enumerable.Range(0, 5).Max(_ => ReadsPerSecond(client, threads));
            if (threads == 1) one = best;
            output.WriteLine($"{threads} threads: {best / 1e6,6:N1} million warm reads a second, {best / one:N2} x one thread");
        }
    }

    private static double ReadsPerSecond(SecretsClient client, int threads)
    {
        const int PerThread = 4_000_000;
        long start = Stopwatch.GetTimestamp();
        Thread[] running = [.. Enumerable.Range(0, threads).Select(_ =>
        {
            Thread thread = new(() => Each(PerThread, new WarmRead(client)));
            thread.Start();
            return thread;
        })];
        foreach (Thread thread in running)
            thread.Join();
        return threads * (double)PerThread / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task ColdAsync(TextWriter output)
    {
        InMemorySecretStore store = new(new InMemorySecretStoreOptions { MaxBatchSize = 20, MaxConcurrency = 8, Latency = TimeSpan.FromMilliseconds(10) });
        for (int i = 0; i < 1_000; i++)
            store.Put(SecretAddress.Public($"s{i}"), new() { ["key"] = "not-a-real-key" });
        await using (SecretsClient client = SecretsClient.Create(builder => builder.UseInMemory(store)))
        {
            await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => client.GetSecretAsync("s0").AsTask()));
            output.WriteLine($"1,000 cold reads of one secret at once: {store.Calls.Count(InMemoryOperation.Read)} store call");
        }

        InMemorySecretStore second = new(new InMemorySecretStoreOptions { MaxBatchSize = 20, MaxConcurrency = 8, Latency = TimeSpan.FromMilliseconds(10) });
        for (int i = 0; i < 1_000; i++)
            second.Put(SecretAddress.Public($"s{i}"), new() { ["key"] = "not-a-real-key" });
        // A timer of 10 ms takes a little longer: the ideal is what as many sequential delays as there are rounds of calls really take.
        const int Rounds = 7;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
            await Task.Delay(10);
        TimeSpan ideal = Stopwatch.GetElapsedTime(start);
        await using SecretsClient cold = SecretsClient.Create(builder => builder.UseInMemory(second));
        start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => cold.GetSecretAsync($"s{i}").AsTask()));
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"1,000 secrets cold, batches of 20, 8 calls at once, 10 ms each: {took.TotalMilliseconds:N0} ms in {second.Calls.Count(InMemoryOperation.Read)} calls; ideal {ideal.TotalMilliseconds:N0} ms in 50; {took / ideal:N2} x");
    }

    private interface IRead
    {
        Secret? Read(string name);
    }

    private readonly struct FloorRead(ConcurrentDictionary<string, Secret> floor) : IRead
    {
        public Secret? Read(string name) => floor.TryGetValue(name, out Secret? secret) ? secret : null;
    }

    private readonly struct WarmRead(SecretsClient client) : IRead
    {
        public Secret? Read(string name) => client.TryGetSecret(name, out Secret? secret) ? secret : null;
    }

    private readonly struct AsyncRead(SecretsClient client) : IRead
    {
        public Secret? Read(string name)
        {
            ValueTask<Secret> read = client.GetSecretAsync(name);
            return read.IsCompletedSuccessfully ? read.Result : throw new InvalidOperationException("not warm");
        }
    }

    private readonly struct LookupRead(SecretsClient client) : IRead
    {
        public Secret? Read(string name) => client.GetSecretAsync(new SecretLookup(name)).Result;
    }

    private readonly struct LazyRead(ConcurrentDictionary<string, Lazy<Task<Secret>>> lazies) : IRead
    {
        public Secret? Read(string name) => lazies[name].Value.Result;
    }

    private readonly struct MemoryCacheRead(MemoryCache memory) : IRead
    {
        public Secret? Read(string name) => memory.GetOrCreateAsync(name, static _ => Task.FromResult<Secret?>(null)).Result;
    }
}
