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
    private readonly LookupOptions _place = new();
    private readonly SyntaxOption _syntax = new();

    public RegisterCommand()
        : base("register", "Ask for every secret and key that the files refer to and that is not there, and create it.", "secrets register appsettings.json", "secrets register deploy/ --scope project:churn")
    {
        Add(_paths);
        _place.AddTo(this);
        _syntax.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        ParsedFiles files = ParsedFiles.Read(call, call.Get(_paths) ?? [], _syntax);
        if (files.Malformed.Count > 0)
            throw files.Malformed[0].Error;

        List<JsonObject> rows = [];
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretValidationReport report = await client.ValidateAsync(files.Templates, SecretValidationLevel.SecretAndKeyExists, cancellationToken).ConfigureAwait(false);
            if (report.Problems.FirstOrDefault(problem => problem.Code is not (SecretErrorCode.NotFound or SecretErrorCode.KeyNotFound)) is { } other)
                throw other.Error ?? new SecretException(other.Code, other.Message);
            foreach (IGrouping<SecretLookup, SecretReferenceProblem> missing in report.Problems.GroupBy(problem => problem.Reference!.Lookup))
                rows.Add(await CreateAsync(call, client, missing.Key, [.. missing.Select(KeyOf).Distinct()], missing.First().Code, cancellationToken).ConfigureAwait(false));
        }

        if (rows.Count == 0)
            call.Note("nothing is missing.");
        else
            call.Answer(Columns, rows);
        return ExitCode.Done;
    }

    // What refers to the only value of a secret is given the key that stands for it.
    private static string KeyOf(SecretReferenceProblem problem) => problem.Reference!.Key ?? SecretProperties.SingleKey;

    private async Task<JsonObject> CreateAsync(CommandCall call, SecretsClient client, SecretLookup lookup, string[] keys, SecretErrorCode code, CancellationToken cancellationToken)
    {
        SecretValues values = [];
        foreach (string key in keys)
            values[key] = Ask(call, lookup.Name, key);
        if (code is SecretErrorCode.NotFound)
        {
            CreateSecretOptions options = new() { Scope = _place.Scope(call) ?? SecretScope.Team, Visibility = _place.Visibility(call) ?? SecretVisibility.Public };
            await client.CreateSecretAsync(lookup.Name, values, options, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await client.UpdateSecretAsync(lookup, update => SetAll(update, values), cancellationToken).ConfigureAwait(false);
        }

        return new JsonObject
        {
            ["secret"] = lookup.Name,
            ["keys"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]),
            ["outcome"] = code is SecretErrorCode.NotFound ? "created" : "keys added",
        };
    }

    private static void SetAll(SecretUpdate update, SecretValues values)
    {
        foreach ((string key, SecretValue value) in values)
            update.Set(key, value);
    }

    private static SecretValue Ask(CommandCall call, string name, string key)
    {
        if (!call.CanAsk)
            throw new UsageException($"'{name}' lacks the key '{key}', and there is no terminal to ask on. Create it: secrets create {name} {key}=@file");
        return call.Terminal.AskUnechoed($"{name}.{key}: ") ?? throw new UsageException($"No value was given for '{name}.{key}'. What was answered before is kept.");
    }
}
