using System.Diagnostics;

namespace Secrets.Testing.FileWriter;

/// <summary>A first start: makes the store and its key file, writes one secret, and dies at a given step.</summary>
internal static class Starting
{
    internal static async Task<int> RunAsync(EncryptedFileOptions options, int dieAt, TextWriter output)
    {
        int steps = 0;
        options.Files = new InterceptedFileOperations(options.Files, step =>
        {
            if (step.Changes && ++steps == dieAt)
                Process.GetCurrentProcess().Kill();
        })
        {
            TearsWrites = true,
        };
        options.CreateIfMissing = true;
        options.Unlock.Clear();
        options.Unlock.Add(new KeyFileUnlock(Path.Combine(Path.GetDirectoryName(options.Path)!, "app.key"), options.Files));
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        await output.WriteLineAsync("made");
        await store.WriteAsync(
            new SecretWrite(new SecretProperties(SecretAddress.Public("db"), default), new SecretValues { ["value"] = Writing.ValueOf("db", 1) }), default);
        await output.WriteLineAsync("written");
        await output.WriteLineAsync($"steps {steps}");
        return 0;
    }
}
