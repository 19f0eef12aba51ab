using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Lists the versions of a secret.</summary>
internal sealed class VersionsCommand : SecretsCommand
{
    private static readonly Column[] Columns = [Column.Of("VERSION", "version"), Column.Of("STATE", "state"), Column.Of("UPDATED", "updatedOn"), Column.Of("KEYS", "keys")];

    private readonly Argument<string> _name = new("name") { Description = "The secret's name." };
    private readonly LookupOptions _which = new();

    public VersionsCommand()
        : base("versions", "List the versions of a secret, newest first.", "secrets versions db", "secrets get db --version 3")
    {
        Add(_name);
        _which.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        List<JsonObject> rows = [];
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            await foreach (SecretProperties version in client.ListVersionsAsync(await _which.FindAsync(call, client, call.Get(_name)!, cancellationToken, reads: true).ConfigureAwait(false), cancellationToken).ConfigureAwait(false))
                rows.Add(PropertiesJson.Of(version));
        }

        call.Answer(Columns, rows);
        return ExitCode.Done;
    }
}
