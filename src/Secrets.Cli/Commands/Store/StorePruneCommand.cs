using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>Destroys now what the retention lets go.</summary>
internal sealed class StorePruneCommand : FileCommand
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    public StorePruneCommand()
        : base(
            "prune",
            "Destroy now the earlier versions that the retention lets go, instead of when each secret is next written.",
            "secrets store retention --max-versions 5",
            "secrets store prune -y") => Add(_yes);

    protected override async Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        if (!call.Get(_yes) && !call.Confirm($"{RetentionText.Of(store.Maintenance.GetStatus().Retention)} Destroy all others for good?", "-y"))
        {
            call.Note("nothing was destroyed.");
            return ExitCode.Failed;
        }

        int pruned;
        using (call.StartProgress("pruning"))
            pruned = await store.Maintenance.PruneAsync(cancellationToken).ConfigureAwait(false);
        call.Answer(new JsonObject { ["versions"] = pruned }, string.Create(CultureInfo.InvariantCulture, $"Destroyed {pruned} earlier versions."));
        return ExitCode.Done;
    }
}
