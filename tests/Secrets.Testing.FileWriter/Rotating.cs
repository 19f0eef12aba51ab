using System.Diagnostics;

namespace Secrets.Testing.FileWriter;

/// <summary>Rotates the key in batches that are small enough for a few secrets to need several, and dies at a given step.</summary>
internal static class Rotating
{
    internal const int Batch = 4;

    internal static async Task<int> RunAsync(EncryptedFileOptions options, int dieAt, TextWriter output)
    {
        int steps = 0;
        bool rotating = false;
        options.RewrapBatch = Batch;
        options.CompactFromBytes = null;
        options.Files = new InterceptedFileOperations(options.Files, step =>
        {
            // Reading changes nothing, and what comes before the rotation is another test's.
            if (rotating && step.Changes && ++steps == dieAt)
                Process.GetCurrentProcess().Kill();
        })
        {
            TearsWrites = true,
        };
        await using EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options);
        rotating = true;
        await store.Maintenance.RotateKeyAsync();
        await output.WriteLineAsync($"steps {steps}");
        return 0;
    }
}
