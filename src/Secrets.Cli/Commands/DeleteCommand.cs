using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Deletes secrets, after asking.</summary>
internal sealed class DeleteCommand : SecretsCommand
{
    private readonly Argument<string[]> _names = new("name") { Description = "Names; * and ? match within a name.", Arity = ArgumentArity.ZeroOrMore };
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
            List<SecretLookup> doomed = await ChooseAsync(call, client, patterns, cancellationToken).ConfigureAwait(false);
            if (doomed.Count == 0)
            {
                call.Note("nothing matches; nothing was deleted.");
                return ExitCode.NotFound;
            }

            if (!call.Get(_yes) && !call.Confirm($"Delete {string.Join(", ", doomed.Select(lookup => $"'{lookup.Name}'"))}?", "-y"))
            {
                call.Note("nothing was deleted.");
                return ExitCode.Failed;
            }

            foreach (SecretLookup lookup in doomed)
                await client.DeleteSecretAsync(lookup, cancellationToken).ConfigureAwait(false);
            call.Answer([Column.Of("DELETED", "name")], [.. doomed.Select(lookup => new JsonObject { ["name"] = lookup.Name })]);
        }

        return ExitCode.Done;
    }

    // A plain name is looked up as get does; a pattern is matched against what list shows.
    private async Task<List<SecretLookup>> ChooseAsync(CommandCall call, SecretsClient client, string[] patterns, CancellationToken cancellationToken)
    {
        List<SecretLookup> chosen = [.. patterns.Where(pattern => !IsPattern(pattern)).Select(name => _which.Of(call, name))];
        foreach (SecretDescribeResult known in await client.DescribeSecretsAsync(chosen, cancellationToken).ConfigureAwait(false))
        {
            if (known.Status is not SecretReadStatus.Found)
                throw known.Error ?? new SecretException(SecretErrorCode.NotFound, "One of the names is not there; nothing was deleted.");
        }

        if (!call.Get(_all) && !patterns.Any(IsPattern))
            return chosen;
        SecretQuery query = new() { Visibility = _which.Visibility(call), Scope = _which.Scope(call) };
        await foreach (SecretProperties properties in client.ListSecretsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (call.Get(_all) || patterns.Where(IsPattern).Any(pattern => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, properties.Name, ignoreCase: false)))
                chosen.Add(new SecretLookup(properties.Name) { Scope = properties.Scope, Visibility = properties.Visibility });
        }

        return chosen;
    }

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');
}
