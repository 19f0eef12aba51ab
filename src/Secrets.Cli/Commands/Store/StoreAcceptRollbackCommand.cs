using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>Takes an older file, restored on purpose, for the current one.</summary>
internal sealed class StoreAcceptRollbackCommand : SecretsCommand
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask.", Required = false };

    public StoreAcceptRollbackCommand()
        : base("accept-rollback", "Take an older file, restored from a backup on purpose, for the current one. What was written since is lost.", "secrets store accept-rollback -y") => Add(_yes);

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        EncryptedFileOptions options = FileCommand.OptionsOf(call);
        // Opened as always first: who is asked should know what for, and who has nothing to accept should not be told that it was accepted.
        (ulong commits, SecretException? refusal) = await OpenAsync(options, cancellationToken).ConfigureAwait(false);
        if (refusal is null)
        {
            call.Answer(Fields(false, commits), $"There is nothing to accept: the file with {commits} commits is as new as this machine knows.");
            return ExitCode.Done;
        }

        call.Note(refusal.Message);
        if (!call.Get(_yes) && !call.Confirm("Take this file for the current one, and give up what was written after it?", "-y"))
        {
            call.Note("nothing was changed.");
            return ExitCode.Failed;
        }

        options.RollbackPolicy = RollbackPolicy.AcceptOnce;
        options.OnWarning = warning => NoteOther(call, warning, refusal);
        (commits, refusal) = await OpenAsync(options, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
            throw refusal;
        call.Answer(Fields(true, commits), $"The file with {commits} commits is the current one now.");
        return ExitCode.Done;
    }

    private static async Task<(ulong Commits, SecretException? Refusal)> OpenAsync(EncryptedFileOptions options, CancellationToken cancellationToken)
    {
        try
        {
            EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options, cancellationToken).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
                return (store.Maintenance.GetStatus().Commits, null);
        }
        catch (SecretException refusal) when (refusal.Reason is "rollback" or "fork")
        {
            return (0, refusal);
        }
    }

    // What was just asked about need not be said again.
    private static void NoteOther(CommandCall call, SecretException warning, SecretException known)
    {
        if (warning.Reason != known.Reason)
            call.Note(warning.Message);
    }

    private static JsonObject Fields(bool accepted, ulong commits) => new() { ["accepted"] = accepted, ["commits"] = commits };
}
