using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>Takes an older file, restored on purpose, for the current one.</summary>
internal sealed class StoreAcceptRollbackCommand : FileCommand
{
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask.", Required = false };

    public StoreAcceptRollbackCommand()
        : base("accept-rollback", "Take an older file, restored from a backup on purpose, for the current one. What was written since is lost.", "secrets store accept-rollback -y") => Add(_yes);

    protected override Task CheckAsync(CommandCall call)
    {
        if (!call.Get(_yes) && !call.Confirm("Take this file for the current one, and give up what was written after it?", "-y"))
            throw new UsageException("nothing was changed.");
        return Task.CompletedTask;
    }

    protected override void Adjust(EncryptedFileOptions options) => options.RollbackPolicy = RollbackPolicy.AcceptOnce;

    protected override Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken)
    {
        ulong commits = store.Maintenance.GetStatus().Commits;
        call.Answer(new JsonObject { ["commits"] = commits }, $"The file with {commits} commits is the current one now.");
        return Task.FromResult(ExitCode.Done);
    }
}
