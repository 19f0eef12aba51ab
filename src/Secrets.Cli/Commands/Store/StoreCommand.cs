using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>What the keeper of an encrypted file does now and then.</summary>
internal sealed class StoreCommand : SecretsCommand
{
    public StoreCommand()
        : base("store", "Look after an encrypted file: status, verify, compact, retention, prune, slots, rotate-key, accept-rollback.", "secrets store verify", "secrets store slots --add-passphrase")
    {
        Add(new StoreStatusCommand());
        Add(new StoreVerifyCommand());
        Add(new StoreCompactCommand());
        Add(new StoreRetentionCommand());
        Add(new StorePruneCommand());
        Add(new StoreSlotsCommand());
        Add(new StoreRotateKeyCommand());
        Add(new StoreAcceptRollbackCommand());
    }

    protected override Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken) =>
        throw new UsageException($"Name what to do: {string.Join(", ", Subcommands.Select(command => command.Name))}. See secrets store --help");
}
