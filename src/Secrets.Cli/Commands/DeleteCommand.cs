using System.CommandLine;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Deletes secrets, after asking.</summary>
internal sealed class DeleteCommand : SecretsCommand
{
    private readonly Argument<string[]> _names = new("name") { Description = "Names, ids or beginnings of ids; * and ? match within a name.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all", "-a") { Description = "Every secret that list shows." };
    private readonly Option<bool> _yes = new("--yes", "-y", "--force") { Description = "Do not ask." };
    private readonly LookupOptions _which = new();

    public DeleteCommand()
        : base("delete", "Delete secrets: recoverable where the store keeps them, else for good.", "secrets delete old_key", "secrets delete 'tmp-*' -y")
    {
        Aliases.Add("rm");
        Add(_names);
        Add(_all);
        Add(_yes);
        _which.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string[] patterns = call.Get(_names) ?? [];
        if (patterns.Length == 0 && !call.Get(_all))
            throw new UsageException("Name what to delete, or give --all.");

        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            List<SecretProperties> doomed = await ChooseAsync(call, client, patterns, cancellationToken).ConfigureAwait(false);
            if (doomed.Count == 0)
            {
                call.Note("nothing matches; nothing was deleted.");
                return ExitCode.NotFound;
            }

            if (!call.Get(_yes) && !call.Confirm($"Delete {string.Join(", ", doomed.Select(secret => $"'{secret.Name}'"))}?", "-y"))
            {
                call.Note("nothing was deleted.");
                return ExitCode.Failed;
            }

            foreach (SecretProperties secret in doomed)
                await client.DeleteSecretAsync(Exactly(secret), cancellationToken).ConfigureAwait(false);
            Answer(call, doomed);
        }

        return ExitCode.Done;
    }

    private static void Answer(CommandCall call, IReadOnlyList<SecretProperties> deleted)
    {
        if (call.Format is OutputFormat.Table)
            call.Terminal.Out.Write(string.Concat(deleted.Select(secret => $"Deleted {secret.Scope} secret '{secret.Name}'\n")));
        else
            call.Answer([Column.Of("DELETED", "name"), Column.Of("SCOPE", "scope"), Column.Of("VISIBILITY", "visibility")], [.. deleted.Select(PropertiesJson.Of)]);
    }

    // A plain name is looked up as get does; a pattern is matched against what list shows.
    private async Task<List<SecretProperties>> ChooseAsync(CommandCall call, SecretsClient client, string[] patterns, CancellationToken cancellationToken)
    {
        List<SecretLookup> named = [];
        foreach (string name in patterns.Where(pattern => !IsPattern(pattern)))
            named.Add(await _which.FindAsync(call, client, name, cancellationToken).ConfigureAwait(false));
        List<SecretProperties> chosen = [];
        foreach (SecretDescribeResult known in await client.DescribeSecretsAsync(named, cancellationToken).ConfigureAwait(false))
        {
            if (known.Status is not SecretReadStatus.Found)
                throw known.Error ?? new SecretException(SecretErrorCode.NotFound, "One of the names is not there; nothing was deleted.");
            chosen.Add(known.Properties!);
        }

        if (call.Get(_all) || patterns.Any(IsPattern))
        {
            SecretQuery query = new() { Visibility = _which.Visibility(call), Scope = _which.Scope(call) };
            await foreach (SecretProperties properties in client.ListSecretsAsync(query, cancellationToken).ConfigureAwait(false))
            {
                if (call.Get(_all) || patterns.Where(IsPattern).Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, properties.Name, ignoreCase: false)))
                    chosen.Add(properties);
            }
        }

        return [.. chosen.DistinctBy(secret => secret.Address)];
    }

    private static SecretLookup Exactly(SecretProperties properties) => new(properties.Name) { Scope = properties.Scope, Visibility = properties.Visibility };

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');
}
