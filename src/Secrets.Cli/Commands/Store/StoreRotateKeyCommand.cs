using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>Seals everything under a new key-encryption key.</summary>
internal sealed class StoreRotateKeyCommand() : FileCommand(
    "rotate-key",
    "Seal everything under a new key-encryption key, and drop the old one. Goes on where an interrupted rotation stopped.",
    "secrets store rotate-key")
{
    protected override async Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        using (call.StartProgress("sealing everything anew"))
            await store.Maintenance.RotateKeyAsync(cancellationToken).ConfigureAwait(false);
        uint epoch = store.Maintenance.GetStatus().KeyEpoch;
        call.Answer(
            new JsonObject { ["keyEpoch"] = epoch },
            string.Create(CultureInfo.InvariantCulture, $"Everything is sealed under key epoch {epoch}. What opens the store stays the same: see secrets store slots."));
        return ExitCode.Done;
    }
}
