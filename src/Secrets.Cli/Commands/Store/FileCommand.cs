using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>A command that works on an open encrypted file.</summary>
internal abstract class FileCommand(string name, string description, params string[] examples) : SecretsCommand(name, description, examples)
{
    protected sealed override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        await CheckAsync(call).ConfigureAwait(false);
        EncryptedFileOptions options = new(StoreChoice.FileOf(call));
        UnlockChoice.Fill(call, options, call.Get(call.Options.KeyFile));
        Adjust(options);
        EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
            return await RunAsync(call, store, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks what has to be asked before the file is opened.</summary>
    protected virtual Task CheckAsync(CommandCall call) => Task.CompletedTask;

    /// <summary>Changes how the file is opened.</summary>
    protected virtual void Adjust(EncryptedFileOptions options)
    {
    }

    /// <summary>Does the work; gives the exit code.</summary>
    protected abstract Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken);
}
