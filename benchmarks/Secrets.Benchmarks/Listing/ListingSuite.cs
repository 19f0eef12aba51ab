using System.Diagnostics;
using Secrets.Testing;

namespace Secrets.Benchmarks.Listing;

/// <summary>
/// Listing, filtering and paging 100,000 secrets beside the bare enumeration of the same store's pages, round by round in one process: time, bytes
/// allocated, and the most that is alive at once beyond the store itself.
/// </summary>
internal static class ListingSuite
{
    private const int Many = 100_000;
    private const int Rounds = 7;

    private static readonly SecretFilter EndsWithSeven = SecretFilter.Parse("name", "endswith:7");

    internal static async Task RunAsync(TextWriter output)
    {
        await using (InMemorySecretStore store = new())
        {
            for (int i = 0; i < Many; i++)
                store.Put(Address(i), Value);
            await MeasureAsync("in memory", store, output);
        }

        using TemporaryDirectory directory = new();
        EncryptedFileOptions options = new(directory["many.secrets"]) { Anchor = new FileRollbackAnchor(directory["anchors"]) };
        options.Unlock.Add(UnlockMethod.KeyFile(directory["many.key"]));
        await using EncryptedFileSecretStore file = await EncryptedFileSecretStore.CreateAsync(options);
        await Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 512 }, async (i, cancellation) =>
            await file.WriteAsync(new SecretWrite(new SecretProperties(Address(i), default), Value), cancellation));
        await MeasureAsync("encrypted file", file, output);
    }

    private static SecretValues Value => new() { ["value"] = "0123456789012345678901234567890123456789" };

    private static SecretAddress Address(int i) => SecretAddress.Public($"name-{i:d6}");

    private static async Task MeasureAsync(string name, ISecretStore store, TextWriter output)
    {
        // The client does not own the store: it is disposed by whoever made it.
        WatchedPages pages = new(store);
        SecretsClient client = SecretsClient.Create(builder => builder.UseStore(_ => pages));
        (string Name, Func<Task> Run)[] entries =
        [
            ("bare enumeration of the store's pages", () => BareAsync(pages)),
            ("ListSecretsAsync, all", () => CountAsync(client.ListSecretsAsync())),
            ("FilterSecretsAsync, 10,000 of them", () => CountAsync(client.FilterSecretsAsync(new SecretPageQuery { Filters = [EndsWithSeven] }))),
            ("ListPageAsync, page 1 of 20 by name, down", () => PageAsync(client, new SecretPageQuery { Sort = new SecretSort(SecretField.Name, true) })),
            ("ListPageAsync, page 250 of 20 by creation", () => PageAsync(client, new SecretPageQuery { Page = 250 })),
            ("the same without a window: all, then sorted", () => WholeAsync(client)),
        ];
        List<double>[] times = [.. entries.Select(_ => new List<double>())];
        List<double>[] ratios = [.. entries.Select(_ => new List<double>())];
        double[] bytes = new double[entries.Length];
        for (int round = 0; round <= Rounds; round++)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                // What the entry before dropped is not to be cleared away at the cost of this one.
                GC.Collect();
                long allocated = GC.GetTotalAllocatedBytes(precise: true);
                long start = Stopwatch.GetTimestamp();
                await entries[i].Run();
                double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (round == 0) continue;
                bytes[i] = GC.GetTotalAllocatedBytes(precise: true) - allocated;
                times[i].Add(took);
                ratios[i].Add(took / times[0][^1]);
            }
        }

        output.WriteLine($"{Many:N0} secrets, {name}");
        output.WriteLine($"{"",-46} {"ms",9} {"x bare",8} {"MiB allocated",14} {"MiB alive",10}");
        for (int i = 0; i < entries.Length; i++)
            output.WriteLine($"{entries[i].Name,-46} {Median(times[i]),9:N1} {Median(ratios[i]),8:N2} {bytes[i] / 1048576,14:N1} {await pages.PeakAsync(entries[i].Run) / 1048576,10:N2}");
        output.WriteLine();
    }

    private static async Task BareAsync(ISecretStore store)
    {
        int count = 0;
        SecretListing listing = new();
        do
        {
            SecretPage page = await store.ListAsync(listing, default);
            foreach (SecretProperties item in page.Items)
            {
                if (item.Name.Length > 0) count++;
            }

            listing = listing with { ContinuationToken = page.ContinuationToken };
        }
        while (listing.ContinuationToken is not null);
    }

    private static async Task CountAsync(IAsyncEnumerable<SecretProperties> listing)
    {
        int count = 0;
        await foreach (SecretProperties _ in listing)
            count++;
    }

    private static async Task PageAsync(SecretsClient client, SecretPageQuery query)
    {
        SecretListPage page = await client.ListPageAsync(query);
        GC.KeepAlive(page);
    }

    private static async Task WholeAsync(SecretsClient client)
    {
        List<SecretProperties> all = [];
        await foreach (SecretProperties item in client.ListSecretsAsync())
            all.Add(item);
        all.Sort(SecretSort.Default);
        GC.KeepAlive(all);
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
