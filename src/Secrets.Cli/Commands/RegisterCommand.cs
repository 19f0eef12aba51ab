using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;
using Secrets.Cli.Templates;

namespace Secrets.Cli.Commands;

/// <summary>Asks for what files refer to and the store does not have, and creates it.</summary>
internal sealed class RegisterCommand : SecretsCommand
{
    private static readonly Column[] Columns = [Column.Of("SECRET", "secret"), Column.Of("KEYS", "keys"), Column.Of("OUTCOME", "outcome")];

    private readonly Argument<string[]> _paths = new("path") { Description = "Files and directories.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _existing = new("--ask-existing") { Description = "Ask for what is there, too; an empty answer keeps it." };
    private readonly Option<bool> _skipExisting = new("--skip-existing") { Description = "Do not ask for what is there. It is what happens anyway.", Hidden = true };
    private readonly LookupOptions _place = new();
    private readonly SyntaxOption _syntax = new();

    public RegisterCommand()
        : base("register", "Ask for every secret and key that the files refer to and that is not there, and create it.", "secrets register appsettings.json", "secrets register deploy/ --scope project:churn")
    {
        Add(_paths);
        Add(_existing);
        Add(_skipExisting);
        _place.AddTo(this);
        _syntax.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        ParsedFiles files = ParsedFiles.Read(call, call.Get(_paths) ?? [], _syntax);
        if (files.Malformed.Count > 0)
            throw files.Malformed[0].Error;

        SecretRegistrationOptions options = new()
        {
            SkipExisting = !call.Get(_existing) || call.Get(_skipExisting),
            NewSecrets = new CreateSecretOptions { Scope = _place.Scope(call) ?? SecretScope.Team, Visibility = _place.Visibility(call) ?? SecretVisibility.Public },
        };
        Dictionary<string, JsonArray> answered = new(StringComparer.Ordinal);
        SecretRegistrationResult result;
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
            result = await client.RegisterSecretsAsync(files.Templates, (request, _) => new ValueTask<SecretValue?>(Ask(call, request, answered)), options, cancellationToken).ConfigureAwait(false);

        JsonObject[] rows = [.. result.Created.Select(name => Row(name, "created")), .. result.Updated.Select(name => Row(name, "updated"))];
        if (rows.Length > 0 || call.Format is not OutputFormat.Table)
            call.Answer(Columns, rows);
        if (!result.IsComplete)
            call.Note($"still missing: {string.Join(", ", result.StillMissing)}.");
        else if (rows.Length == 0)
            call.Note(result.WasNothingNeeded ? "the files refer to no secret." : "nothing is missing.");
        return result.IsComplete ? ExitCode.Done : ExitCode.Invalid;

        JsonObject Row(string name, string outcome) => new() { ["secret"] = name, ["keys"] = answered[name].DeepClone(), ["outcome"] = outcome };
    }

    private static SecretValue? Ask(CommandCall call, SecretRequest request, Dictionary<string, JsonArray> answered)
    {
        (string name, string key) = (request.Lookup.Name, request.Key ?? SecretProperties.SingleKey);
        if (!call.CanAsk)
            throw new UsageException($"'{name}' {(request.HasValue ? "has" : "lacks")} the key '{key}', and there is no terminal to ask on. Create it: secrets create {name} {key}=@file");
        SecretValue? answer = call.Terminal.AskUnechoed($"{name}.{key}{(request.HasValue ? " (empty keeps it)" : "")}: ");
        if (answer is { ByteCount: > 0 })
        {
            answered.TryAdd(name, []);
            answered[name].Add((JsonNode)key);
        }

        return answer;
    }
}
