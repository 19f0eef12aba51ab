using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Lists secrets, never values.</summary>
internal sealed class ListCommand : SecretsCommand
{
    private static readonly Column[] Columns =
    [
        Column.Of("NAME", "name"), Column.Of("SCOPE", "scope"), Column.Of("VISIBILITY", "visibility"), Column.Of("TYPE", "type"),
        Column.Of("KEYS", "keys"), Column.Of("UPDATED", "updatedOn"), Column.Of("DESCRIPTION", "description"),
    ];

    private readonly Option<string?> _name = new("--name") { Description = "A filter: openai_secret, startswith:openai, endswith:key, contains:db.", HelpName = "filter" };
    private readonly Option<string?> _type = new("--type") { Description = "Only this type.", HelpName = "type" };
    private readonly Option<bool> _deleted = new("--deleted") { Description = "Deleted ones that can be recovered, too." };
    private readonly LookupOptions _where = new();

    public ListCommand()
        : base(
            "list",
            "List your private secrets and all public ones. Never shows values.",
            "secrets list",
            "secrets list --name startswith:openai --private",
            "secrets list --format json | jq -r '.[].name'")
    {
        Aliases.Add("ls");
        Add(_name);
        Add(_type);
        Add(_deleted);
        _where.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretQuery query = new()
        {
            Name = call.Get(_name),
            Type = call.Get(_type),
            IncludeDeleted = call.Get(_deleted),
            Visibility = _where.Visibility(call),
            Scope = _where.Scope(call),
        };
        List<JsonObject> rows = [];
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            await foreach (SecretProperties properties in client.ListSecretsAsync(query, cancellationToken).ConfigureAwait(false))
                rows.Add(PropertiesJson.Of(properties));
        }

        rows.Sort((left, right) => string.CompareOrdinal((string?)left["name"], (string?)right["name"]));
        if (rows.Count == 0 && call.Format is OutputFormat.Table)
            call.Note("no secrets here that match.");
        else
            call.Answer(Columns, rows);
        return ExitCode.Done;
    }
}
