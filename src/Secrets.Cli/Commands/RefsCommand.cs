using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;
using Secrets.Cli.Templates;

namespace Secrets.Cli.Commands;

/// <summary>Lists every reference of files, with its place and whether it resolves.</summary>
internal sealed class RefsCommand : SecretsCommand
{
    private static readonly Column[] Columns = [Column.Of("PLACE", "place"), Column.Of("REFERENCE", "reference"), Column.Of("STATE", "state")];

    private readonly Argument<string[]> _paths = new("path") { Description = "Files and directories.", Arity = ArgumentArity.OneOrMore };
    private readonly SyntaxOption _syntax = new();

    public RefsCommand()
        : base("refs", "List every reference in the files, and whether it resolves.", "secrets refs .", "secrets refs appsettings.json --format json")
    {
        Add(_paths);
        _syntax.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        ParsedFiles files = ParsedFiles.Read(call, call.Get(_paths) ?? [], _syntax);
        List<JsonObject> rows = [];
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretValidationReport report = await client.ValidateAsync(files.Templates, SecretValidationLevel.SecretAndKeyExists, cancellationToken).ConfigureAwait(false);
            Dictionary<SecretPlace, SecretReferenceProblem> problems = report.Problems
                .SelectMany(problem => problem.Places, (problem, place) => (place, problem))
                .DistinctBy(pair => pair.place)
                .ToDictionary(pair => pair.place, pair => pair.problem);
            foreach (SecretReference reference in files.Templates.SelectMany(template => template.References))
                rows.Add(Row(reference.Place.ToString(), reference.ToString(), problems.TryGetValue(reference.Place, out SecretReferenceProblem? problem) ? State(problem.Code) : "resolves"));
        }

        foreach ((string path, SecretException error) in files.Malformed)
            rows.Add(Row(path, error.Message, "malformed"));
        if (rows.Count == 0 && call.Format is OutputFormat.Table)
            call.Note($"no references in {files.FileCount} files.");
        else
            call.Answer(Columns, rows);
        return rows.All(row => (string?)row["state"] == "resolves") ? ExitCode.Done : ExitCode.Invalid;
    }

    private static JsonObject Row(string place, string reference, string state) => new() { ["place"] = place, ["reference"] = reference, ["state"] = state };

    private static string State(SecretErrorCode code) => code switch
    {
        SecretErrorCode.NotFound => "no such secret",
        SecretErrorCode.KeyNotFound => "no such key",
        SecretErrorCode.Denied => "denied",
        SecretErrorCode.Unavailable or SecretErrorCode.TimedOut or SecretErrorCode.Throttled => "store unavailable",
        _ => "fails",
    };
}
