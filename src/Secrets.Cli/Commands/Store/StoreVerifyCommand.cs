using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>Reads the whole file and opens every value in it.</summary>
internal sealed class StoreVerifyCommand() : FileCommand("verify", "Read the whole file and open every value in it. Exit 1 if something does not open.", "secrets store verify")
{
    protected override async Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        EncryptedFileVerification found;
        using (call.StartProgress("verifying"))
            found = await store.Maintenance.VerifyAsync(cancellationToken).ConfigureAwait(false);
        JsonObject fields = new()
        {
            ["sound"] = found.IsSound,
            ["versions"] = found.Versions,
            ["faults"] = new JsonArray([.. found.Faults.Select(fault => (JsonNode)fault.Message)]),
        };
        call.Answer(fields, found.IsSound
            ? $"Sound: {found.Versions} versions, every one opens."
            : string.Join('\n', found.Faults.Select(fault => fault.Message)));
        return found.IsSound ? ExitCode.Done : ExitCode.Failed;
    }
}
