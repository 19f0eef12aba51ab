using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Makes an encrypted file store, and what opens it.</summary>
internal sealed class InitCommand : SecretsCommand
{
    private readonly Argument<string> _path = new("path") { Description = "The file to make.", DefaultValueFactory = _ => StoreChoice.DefaultFile };
    private readonly Option<bool> _passphrase = new("--passphrase") { Description = "Opened by a passphrase, which is asked for, instead of a key file." };

    public InitCommand()
        : base("init", "Make an encrypted file store and its key file, here. Never touches a file that is there.", "secrets init", "secrets init team.secrets --passphrase")
    {
        Add(_path);
        Add(_passphrase);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        EncryptedFileOptions options = new(call.Environment.FullPath(call.Get(_path)!));
        if (call.Get(_passphrase))
            options.Unlock.Add(UnlockChoice.AskForNewPassphrase(call));
        else if (call.Get(call.Options.KeyFile) is { } keyFile)
            options.Unlock.Add(UnlockMethod.KeyFile(call.Environment.FullPath(keyFile)));

        EncryptedFileSecretStore store = await EncryptedFileSecretStore.CreateAsync(options, cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            string key = options.Path + ".key";
            bool hasKeyBeside = options.Unlock.Count == 0 && File.Exists(key);
            call.Answer(
                new JsonObject { ["store"] = options.Path, ["keyFile"] = hasKeyBeside ? key : null },
                $"Made {Show(call, options.Path)}{(hasKeyBeside ? $" and its key {Show(call, key)}" : "")}.\n");
            if (hasKeyBeside)
                call.Note($"keep {Path.GetFileName(key)} out of version control and out of the backup that holds the store.");
        }

        return ExitCode.Done;
    }

    private static string Show(CommandCall call, string path) => Path.GetRelativePath(call.Environment.Directory, path);
}
