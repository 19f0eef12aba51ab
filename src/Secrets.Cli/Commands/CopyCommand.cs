using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>Copies secrets from one store to another.</summary>
internal sealed class CopyCommand : SecretsCommand
{
    private const string Failed = "failed";

    private static readonly Column[] Columns = [Column.Of("NAME", "name"), Column.Of("SCOPE", "scope"), Column.Of("VISIBILITY", "visibility"), Column.Of("OUTCOME", "outcome")];

    private readonly Argument<string[]> _names = new("name") { Description = "Which ones; all that list shows if none is named. * and ? match.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _to = new("--to") { Description = "The other store: a URL, or the path of an encrypted file.", HelpName = "url", Required = true };
    private readonly Option<string?> _toKeyFile = new("--to-key-file") { Description = "The key file of the other store, if it is an encrypted file with one elsewhere.", HelpName = "path" };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace secrets that are there and differ; else they are left as they are, and the exit code is 7." };
    private readonly Option<bool> _ignoreErrors = new("--ignore-errors", "-i") { Description = "Go on with the others when one fails, and name it; the exit code is 1 then." };
    private readonly Option<bool> _delete = new("--delete", "-d") { Description = "Move: delete each one here once the other store gives back the same." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be done, and do nothing." };

    public CopyCommand()
        : base(
            "copy",
            "Copy secrets to another store, each one read back and compared. Running it again goes on where it stopped.",
            "secrets copy --to backup.secrets --dry-run",
            "secrets copy 'db*' --to azure-key-vault://my-vault",
            "secrets copy --to archive.secrets --delete --ignore-errors")
    {
        Add(_names);
        Add(_to);
        Add(_toKeyFile);
        Add(_overwrite);
        Add(_ignoreErrors);
        Add(_delete);
        Add(_dryRun);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        List<JsonObject> rows = [];
        SecretsClient source = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            SecretsClient target = await ClientSource.OpenOtherAsync(call, call.Get(_to)!, call.Get(_toKeyFile), cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
                await CopyAsync(call, source, target, rows, cancellationToken).ConfigureAwait(false);
        }

        if (rows.Count == 0)
        {
            call.Note("nothing matches; nothing was copied.");
            if (call.Format is not OutputFormat.Table)
                call.Answer(Columns, rows);
            return ExitCode.NotFound;
        }

        call.Answer(Columns, rows);
        if (rows.Any(row => (string?)row["outcome"] == Failed))
            return ExitCode.Failed;
        return rows.Any(row => (string?)row["outcome"] == SecretTransfer.Differs) ? ExitCode.Conflict : ExitCode.Done;
    }

    private async Task CopyAsync(CommandCall call, SecretsClient source, SecretsClient target, List<JsonObject> rows, CancellationToken cancellationToken)
    {
        using ProgressLine progress = call.StartProgress(call.Get(_dryRun) ? "comparing" : "copying");
        List<SecretProperties> chosen = await ChooseAsync(source, call.Get(_names) ?? [], cancellationToken).ConfigureAwait(false);
        progress.Expect(chosen.Count);
        using SecretTransfer transfer = new(target, call.Get(_overwrite), call.Get(_dryRun));
        foreach (SecretProperties properties in chosen)
        {
            try
            {
                rows.Add(Row(properties, await CopyAsync(source, transfer, properties, cancellationToken).ConfigureAwait(false)));
                if (call.Get(_delete) && !call.Get(_dryRun) && (string?)rows[^1]["outcome"] != SecretTransfer.Differs)
                    await source.DeleteSecretAsync(Exactly(properties), cancellationToken).ConfigureAwait(false);
            }
            catch (SecretException e) when (call.Get(_ignoreErrors))
            {
                rows.Add(Row(properties, Failed));
                call.Note($"{e.Message} Going on with the others.");
            }
            catch (SecretException) when (rows.Count > 0 && !call.Get(_dryRun))
            {
                call.Note($"{rows.Count} of {chosen.Count} are done; the same line again goes on from there.");
                throw;
            }

            progress.Step();
        }
    }

    private static async Task<List<SecretProperties>> ChooseAsync(SecretsClient source, string[] patterns, CancellationToken cancellationToken)
    {
        List<SecretProperties> chosen = [];
        await foreach (SecretProperties properties in source.ListSecretsAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (patterns.Length == 0 || patterns.Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, properties.Name, ignoreCase: false)))
                chosen.Add(properties);
        }

        return chosen;
    }

    private static async Task<string> CopyAsync(SecretsClient source, SecretTransfer transfer, SecretProperties properties, CancellationToken cancellationToken)
    {
        Secret secret = await source.GetSecretAsync(Exactly(properties), cancellationToken).ConfigureAwait(false);
        CreateSecretOptions options = new()
        {
            Scope = properties.Scope,
            Visibility = properties.Visibility,
            Type = properties.Type,
            Description = properties.Description,
            ExpiresOn = properties.ExpiresOn,
            Tags = properties.Tags.ToDictionary(StringComparer.Ordinal),
        };
        return await transfer.WriteAsync(properties.Name, new SecretValues(secret.Values), options, cancellationToken).ConfigureAwait(false);
    }

    private static SecretLookup Exactly(SecretProperties properties) => new(properties.Name) { Scope = properties.Scope, Visibility = properties.Visibility };

    private static JsonObject Row(SecretProperties properties, string outcome) => new()
    {
        ["name"] = properties.Name,
        ["scope"] = properties.Scope.ToString(),
        ["visibility"] = PropertiesJson.Of(properties.Visibility),
        ["outcome"] = outcome,
    };
}
