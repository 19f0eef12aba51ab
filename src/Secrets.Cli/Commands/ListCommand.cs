using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Lists secrets, never values.</summary>
internal sealed class ListCommand : SecretsCommand
{
    private const int ShownOfId = 8;

    private static readonly Column[] Columns =
    [
        Column.Of("NAME", "name"), Column.Of("SCOPE", "scope"), Column.Of("VISIBILITY", "visibility"), Column.Of("TYPE", "type"),
        Column.Of("KEYS", "keys"), Column.Of("UPDATED", "updatedOn"), Column.Of("DESCRIPTION", "description"),
    ];

    private readonly ListingOptions _listing = new();

    private readonly Option<string[]> _columns = new("--columns", "-F")
    {
        Description = "What to show: fields such as id,name,created, tag:NAME, or all that mosaic, wandb, zenml, bento or paperspace shows.",
        HelpName = "fields",
    };

    public ListCommand()
        : base(
            "list",
            "List your private secrets and all public ones. Never shows values.",
            "secrets list",
            "secrets list --name startswith:openai --private",
            "secrets list --filter created=gt:2030-01-31 --sort desc:created --page 2 --size 50",
            "secrets list --columns id,name,tag:team",
            "secrets list --format json | jq -r '.[].name'")
    {
        Aliases.Add("ls");
        _listing.AddTo(this);
        Add(_columns);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretPageQuery query = _listing.Query(call);
        SecretColumn[] chosen = [.. ChosenColumns(call)];
        List<SecretProperties> secrets;
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
            secrets = await ListAsync(call, client, query, cancellationToken).ConfigureAwait(false);

        if (secrets.Count == 0 && call.Format is OutputFormat.Table)
            call.Note("no secrets here that match.");
        else if (chosen.Length > 0)
            call.Answer([.. chosen.Select(column => Column.Of(column.Title, FieldOf(column)))], [.. secrets.Select(secret => Row(secret, chosen))]);
        else
            call.Answer([IdColumn(call), .. Columns], [.. secrets.Select(PropertiesJson.Of)]);
        return ExitCode.Done;
    }

    private async Task<List<SecretProperties>> ListAsync(CommandCall call, SecretsClient client, SecretPageQuery query, CancellationToken cancellationToken)
    {
        if (!_listing.IsPaged(call))
        {
            List<SecretProperties> all = [];
            await foreach (SecretProperties secret in client.FilterSecretsAsync(query, cancellationToken).ConfigureAwait(false))
                all.Add(secret);
            all.Sort(query.Sort);
            return all;
        }

        SecretListPage page = await client.ListPageAsync(query, cancellationToken).ConfigureAwait(false);
        string which = page.Page == 0 ? "" : $"page {page.Page} of {page.TotalPages}, ";
        call.Note($"{which}{page.Total} secrets in all.{(page.NextPage is { } next ? $" Next: --after {next}" : "")}");
        return [.. page.Items];
    }

    private IEnumerable<SecretColumn> ChosenColumns(CommandCall call) => (call.Get(_columns) ?? [])
        .SelectMany(words => words.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .SelectMany(word => SecretProfiles.All.FirstOrDefault(profile => profile.Id == word) is { } profile ? profile.ListColumns : [SecretColumn.Parse(word)]);

    // To people as much of an id as commands need; to programs all of it.
    private static Column IdColumn(CommandCall call) =>
        new("ID", row => call.Format is OutputFormat.Table ? ((string)row["id"]!)[..ShownOfId] : (string)row["id"]!);

    private static JsonObject Row(SecretProperties secret, SecretColumn[] columns)
    {
        JsonObject row = [];
        foreach (SecretColumn column in columns)
            row[FieldOf(column)] = column.TextOf(secret);
        return row;
    }

    private static string FieldOf(SecretColumn column) => column.Title.ToLowerInvariant();
}
