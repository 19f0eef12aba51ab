namespace Secrets.Testing.FileWriter;

internal static class Writing
{
    internal const int Names = 8;

    /// <summary>How many versions of a name are kept.</summary>
    internal const int Kept = 3;

    /// <summary>What a writer writes as the n-th version of a name; anyone can check it.</summary>
    internal static string ValueOf(string name, long number) => $"canary-value {name} {number} {new string((char)('a' + (number % 26)), (int)(number * 37 % 500))}";

    internal static async Task<int> RunAsync(EncryptedFileOptions[] stores, string name, TextWriter output)
    {
        SemaphoreSlim turn = new(1);
        EncryptedFileSecretStore[] open = await Task.WhenAll(stores.Select(store => EncryptedFileSecretStore.OpenAsync(store).AsTask()));
        await output.WriteLineAsync("open");
        await Task.WhenAll(
            from store in Enumerable.Range(0, open.Length)
            from i in Enumerable.Range(0, Names)
            select WriteAsync(open[store], store, $"{name}-{i}", output, turn));
        return 0;
    }

    private static async Task WriteAsync(EncryptedFileSecretStore store, int index, string name, TextWriter output, SemaphoreSlim turn)
    {
        for (long number = 1; ; number++)
        {
            long started = Environment.TickCount64;
            SecretProperties written = await store.WriteAsync(
                new SecretWrite(new SecretProperties(SecretAddress.Public(name), default), new SecretValues { ["number"] = $"{number}", ["value"] = ValueOf(name, number) }), default);
            long took = Environment.TickCount64 - started;
            await turn.WaitAsync();
            await output.WriteLineAsync($"{index} {name} {written.Version} {number} {took}");
            turn.Release();
        }
    }
}
