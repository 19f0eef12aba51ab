namespace Secrets.Testing.FileWriter;

/// <summary>An owner that dies with the lock in its hands.</summary>
internal static class Locking
{
    internal static async Task<int> RunAsync(EncryptedFileOptions options, TextWriter output)
    {
        using StoreLock storeLock = new(options);
        using StoreLock.Held held = storeLock.Acquire();
        await output.WriteLineAsync("held");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
