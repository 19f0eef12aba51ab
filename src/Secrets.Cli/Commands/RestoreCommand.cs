using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>Creates the secrets of a file.</summary>
internal sealed class RestoreCommand : SecretsCommand
{
    private static readonly Column[] Columns = [Column.Of("NAME", "name"), Column.Of("SCOPE", "scope"), Column.Of("OUTCOME", "outcome")];

    private readonly Argument<string> _file = new("file") { Description = "What backup or export wrote, or plain JSON or YAML { name: { key: value } }; - for standard input." };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace secrets that are there and differ; else they are left as they are." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be done, and do nothing." };
    private readonly ExchangeOption _form = new();

    public RestoreCommand()
        : base("restore", "Create the secrets of a file. Running it again goes on where it stopped.", "secrets restore all.json --dry-run", "secrets import team.yaml", "secrets import - --as dotenv < team.env")
    {
        Aliases.Add("import");
        Add(_file);
        Add(_overwrite);
        Add(_dryRun);
        _form.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string path = call.Get(_file)!;
        SecretValue text = new ValueText(call).Read("file", path == "-" ? "-" : "@" + path);
        IReadOnlyList<SecretImport> secrets = _form.Read(call, path, text);
        List<JsonObject> rows = [];
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            using ProgressLine progress = call.StartProgress("restoring", secrets.Count);
            using SecretTransfer transfer = new(client, call.Get(_overwrite), call.Get(_dryRun));
            foreach (SecretImport secret in secrets)
            {
                string outcome = await transfer.WriteAsync(secret.Name, secret.Values, secret.Options, cancellationToken).ConfigureAwait(false);
                rows.Add(new JsonObject { ["name"] = secret.Name, ["scope"] = secret.Options.Scope.ToString(), ["outcome"] = outcome });
                progress.Step();
            }
        }

        call.Answer(Columns, rows);
        return rows.Any(row => (string?)row["outcome"] == SecretTransfer.Differs) ? ExitCode.Conflict : ExitCode.Done;
    }
}
