using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands.Store;

/// <summary>A command that works on an open encrypted file.</summary>
internal abstract class FileCommand(string name, string description, params string[] examples) : SecretsCommand(name, description, examples)
{
    /// <summary>The file that a call means, and what opens it.</summary>
    internal static EncryptedFileOptions OptionsOf(CommandCall call)
    {
        EncryptedFileOptions options = new(StoreChoice.FileOf(call));
        UnlockChoice.Fill(call, options, call.Get(call.Options.KeyFile));
        return options;
    }

    protected sealed override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        EncryptedFileSecretStore store = await EncryptedFileSecretStore.OpenAsync(OptionsOf(call), cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
            return await RunAsync(call, store, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does the work; gives the exit code.</summary>
    protected abstract Task<int> RunAsync(CommandCall call, EncryptedFileSecretStore store, CancellationToken cancellationToken);
}
