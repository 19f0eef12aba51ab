namespace Secrets.Testing.FileWriter;

internal static class Writing
{
    internal const int Names = 8;

    /// <summary>What a writer writes as the n-th version of a name; anyone can check it.</summary>
    internal static string ValueOf(string name, long number) => $"canary-value {name} {number} {new string((char)('a' + (number % 26)), (int)(number * 37 % 500))}";

    internal static async Task<int> RunAsync(EncryptedFileOptions options, string name, TextWriter output)
    {
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        await output.WriteLineAsync("open");
        SemaphoreSlim turn = new(1);
        await Task.WhenAll(Enumerable.Range(0, Names).Select(i => WriteAsync(store, $"{name}-{i}", output, turn)));
        return 0;
    }

    private static async Task WriteAsync(EncryptedFileSecretStore store, string name, TextWriter output, SemaphoreSlim turn)
    {
        for (long number = 1; ; number++)
        {
            long started = Environment.TickCount64;
            SecretProperties written = await store.WriteAsync(
                new SecretWrite(new SecretProperties(SecretAddress.Public(name), default), new SecretValues { ["number"] = $"{number}", ["value"] = ValueOf(name, number) }), default);
            long took = Environment.TickCount64 - started;
            await turn.WaitAsync();
            await output.WriteLineAsync($"{name} {written.Version} {number} {took}");
            turn.Release();
        }
    }
}
