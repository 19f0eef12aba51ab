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

    /// <summary>Opens the store, takes the lock if it is free this moment, and says so: "held", or why not.</summary>
    internal static async Task<int> TryAsync(EncryptedFileOptions options, TextWriter output)
    {
        options.LockTimeout = TimeSpan.Zero;
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        using StoreLock storeLock = new(options);
        try
        {
            using StoreLock.Held held = storeLock.Acquire();
            await output.WriteLineAsync("held");
        }
        catch (SecretException refused)
        {
            await output.WriteLineAsync(refused.Reason);
        }

        return 0;
    }

    /// <summary>Makes a file as a compaction does, and keeps it open.</summary>
    internal static async Task<int> MakeAsync(EncryptedFileOptions options, string name, TextWriter output)
    {
        using IStoreFile file = options.Files.CreateNew(Path.Combine(Path.GetDirectoryName(options.Path)!, name));
        await output.WriteLineAsync("made");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
