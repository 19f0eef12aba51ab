using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>Writes what is alive into a new file.</summary>
internal sealed class StoreCompactCommand() : FileCommand("compact", "Write what is alive into a new file in the old one's place; readers and writers go on meanwhile.", "secrets store compact")
{
    protected override async Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        long before = store.Maintenance.GetStatus().FileBytes;
        using (call.StartProgress("compacting"))
            await store.Maintenance.CompactAsync(cancellationToken).ConfigureAwait(false);
        long after = store.Maintenance.GetStatus().FileBytes;
        call.Answer(
            new JsonObject { ["bytesBefore"] = before, ["bytesAfter"] = after },
            string.Create(CultureInfo.InvariantCulture, $"Compacted from {before} to {after} bytes."));
        return ExitCode.Done;
    }
}
