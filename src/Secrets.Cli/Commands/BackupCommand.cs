using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>Writes all secrets in reach to one file, in the clear.</summary>
internal sealed class BackupCommand : SecretsCommand
{
    private readonly Argument<string> _file = new("file") { Description = "Where to, with mode 0600." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Read and count everything, and write nothing." };

    public BackupCommand()
        : base("backup", "Write every secret that list shows to one file, in plaintext, that only you can read; what was written is read back and compared.", "secrets backup all.json", "secrets restore all.json --store other.secrets")
    {
        Add(_file);
        Add(_force);
        Add(_dryRun);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        List<Secret> secrets = [];
        using ProgressLine progress = call.StartProgress("backing up");
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            await foreach (SecretProperties properties in client.ListSecretsAsync(null, cancellationToken).ConfigureAwait(false))
            {
                client.Demand(SecretAction.Reveal, properties.Address);
                secrets.Add(await client.GetSecretAsync(Exactly(properties), cancellationToken).ConfigureAwait(false));
                progress.Step();
            }
        }

        string file = call.Get(_file)!;
        bool dryRun = call.Get(_dryRun);
        if (!dryRun)
            await WriteAsync(call, file, secrets, cancellationToken).ConfigureAwait(false);
        progress.Dispose();
        call.Answer(
            new JsonObject { ["file"] = file, ["secrets"] = secrets.Count, ["dryRun"] = dryRun },
            dryRun ? $"Would write {secrets.Count} secrets to {file}, in plaintext." : $"Wrote {secrets.Count} secrets to {file}, in plaintext.");
        return ExitCode.Done;
    }

    // The file is whole or not there at all, so nothing has to go on where something stopped; and it is believed only once it has been read as restore reads it.
    private async Task WriteAsync(CommandCall call, string file, List<Secret> secrets, CancellationToken cancellationToken)
    {
        string path = call.Environment.FullPath(file);
        await PrivateFile.WriteAsync(path, SecretExchange.ExportAll(secrets).RevealString(), call.Get(_force), cancellationToken).ConfigureAwait(false);
        using ValueFingerprints fingerprints = new();
        IReadOnlyList<SecretImport> written = SecretExchange.ImportAll(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
        bool isSame = written.Count == secrets.Count
            && secrets.Zip(written).All(pair => pair.First.Name == pair.Second.Name && ValueFingerprints.AreSame(fingerprints.Of(pair.First.Values), fingerprints.Of(pair.Second.Values)));
        if (!isSame)
            throw new SecretException(SecretErrorCode.Corrupted, $"{file} was written, and holds something else than the store. Do not rely on it; look at the disk it is on, and write it again with --force.");
    }

    private static SecretLookup Exactly(SecretProperties properties) => new(properties.Name) { Scope = properties.Scope, Visibility = properties.Visibility };
}
