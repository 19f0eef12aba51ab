using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Writes all secrets in reach to one file, in the clear.</summary>
internal sealed class BackupCommand : SecretsCommand
{
    private readonly Argument<string> _file = new("file") { Description = "Where to, with mode 0600." };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };

    public BackupCommand()
        : base("backup", "Write every secret that list shows to one file, in plaintext, that only you can read.", "secrets backup all.json", "secrets restore all.json --store other.secrets")
    {
        Add(_file);
        Add(_force);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        List<Secret> secrets = [];
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            await foreach (SecretProperties properties in client.ListSecretsAsync(null, cancellationToken).ConfigureAwait(false))
            {
                client.Demand(SecretAction.Reveal, properties.Address);
                secrets.Add(await client.GetSecretAsync(Exactly(properties), cancellationToken).ConfigureAwait(false));
            }
        }

        string file = call.Get(_file)!;
        await PrivateFile.WriteAsync(call.Environment.FullPath(file), SecretExchange.ExportAll(secrets).RevealString(), call.Get(_force), cancellationToken).ConfigureAwait(false);
        call.Answer(new JsonObject { ["file"] = file, ["secrets"] = secrets.Count }, $"Wrote {secrets.Count} secrets to {file}, in plaintext.");
        return ExitCode.Done;
    }

    private static SecretLookup Exactly(SecretProperties properties) => new(properties.Name) { Scope = properties.Scope, Visibility = properties.Visibility };
}
