using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;

namespace Secrets.Benchmarks.ReadPath;

/// <summary>The warm lines of the paired suite, for BenchmarkDotNet: a hundred reads an operation.</summary>
[MemoryDiagnoser]
public class WarmReadBenchmarks
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 100).Select(i => $"service_{i:000}/password")];
    private readonly ConcurrentDictionary<string, Secret> _floor = new();
    private SecretsClient _client = null!;

    [GlobalSetup]
    public async Task Fill()
    {
        InMemorySecretStore store = new();
        foreach (string name in Names)
            store.Put(SecretAddress.Public(name), new() { ["key"] = "not-a-real-key" });
        _client = SecretsClient.Create(builder => builder.UseInMemory(store));
        foreach (string name in Names)
            _floor[name] = await _client.GetSecretAsync(name);
    }

    [GlobalCleanup]
    public void Close() => _client.Dispose();

    [Benchmark(Baseline = true)]
    public Secret? Floor()
    {
        Secret? last = null;
        foreach (string name in Names)
            _floor.TryGetValue(name, out last);
        return last;
    }

    [Benchmark]
    public Secret? TryGetSecret()
    {
        Secret? last = null;
        foreach (string name in Names)
            _client.TryGetSecret(name, out last);
        return last;
    }

    [Benchmark]
    public async Task<Secret?> GetSecretAsync()
    {
        Secret? last = null;
        foreach (string name in Names)
            last = await _client.GetSecretAsync(name);
        return last;
    }
}
