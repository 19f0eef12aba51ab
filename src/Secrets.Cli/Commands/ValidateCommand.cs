using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Templates;

namespace Secrets.Cli.Commands;

/// <summary>Checks that the references of files resolve, before anything runs.</summary>
internal sealed class ValidateCommand : SecretsCommand
{
    private readonly Argument<string[]> _paths = new("path") { Description = "Files and directories.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _level = new("--level") { Description = "NONE, SECRET_EXISTS (reads no value), SECRET_AND_KEY_EXISTS. Else SECRETS_VALIDATION_LEVEL, SECRET_AND_KEY_EXISTS.", HelpName = "level" };
    private readonly SyntaxOption _syntax = new();

    public ValidateCommand()
        : base(
            "validate",
            "Check that every reference in the files resolves. Exit 5 and one report when something is missing.",
            "secrets validate appsettings.json deploy/",
            "secrets validate appsettings.json --level SECRET_EXISTS")
    {
        Add(_paths);
        Add(_level);
        _syntax.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretValidationLevel level = call.FirstOf(_level, SecretValidationLevelExtensions.EnvironmentVariable) is { } text
            ? SecretValidationLevel.Parse(text)
            : SecretValidationLevel.SecretAndKeyExists;
        ParsedFiles files = ParsedFiles.Read(call, call.Get(_paths) ?? [], _syntax);

        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretValidationReport report = await client.ValidateAsync(files.Templates, level, cancellationToken).ConfigureAwait(false);
            call.Answer(Fields(report, files), ForPeople(report, files));
            return report.IsValid && files.Malformed.Count == 0 ? ExitCode.Done : ExitCode.Invalid;
        }
    }

    private static string ForPeople(SecretValidationReport report, ParsedFiles files)
    {
        StringBuilder text = new();
        foreach ((string _, SecretException error) in files.Malformed)
            text.Append(error.Message).Append('\n');
        if (!report.IsValid || files.Malformed.Count == 0)
            text.Append(report).Append('\n');
        return text.ToString();
    }

    private static JsonObject Fields(SecretValidationReport report, ParsedFiles files) => new()
    {
        ["valid"] = report.IsValid && files.Malformed.Count == 0,
        ["level"] = report.Level.ToSetting(),
        ["files"] = files.FileCount,
        ["references"] = report.ReferenceCount,
        ["problems"] = new JsonArray(
        [
            .. files.Malformed.Select(file => (JsonNode)new JsonObject
            {
                ["reference"] = null,
                ["code"] = nameof(SecretErrorCode.MalformedReference),
                ["message"] = file.Error.Message,
                ["places"] = new JsonArray(file.Path),
                ["near"] = new JsonArray(),
                ["next"] = null,
            }),
            .. report.Problems.Select(Problem),
        ]),
    };

    private static JsonNode Problem(SecretReferenceProblem problem) => new JsonObject
    {
        ["reference"] = problem.QualifiedName,
        ["code"] = problem.Code.ToString(),
        ["message"] = problem.Message,
        ["places"] = new JsonArray([.. problem.Places.Select(place => (JsonNode)string.Create(CultureInfo.InvariantCulture, $"{place}"))]),
        ["near"] = new JsonArray([.. problem.NearNames.Select(name => (JsonNode)name)]),
        ["next"] = problem.NextStep,
    };
}
