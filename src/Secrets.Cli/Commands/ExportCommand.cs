using System.CommandLine;
using System.IO.Enumeration;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Writes one secret's values to a file that <c>create --values @file</c> reads, or many secrets to one that <c>import</c> reads.</summary>
internal sealed class ExportCommand : SecretsCommand
{
    private readonly Argument<string[]> _names = new("name") { Description = "A name: its values alone. Several, or * and ? within a name: all that they are, for import.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _all = new("--all", "-a") { Description = "Every secret that list shows, for import." };
    private readonly Option<string?> _file = new("--output", "-o") { Description = "Where to; for one secret else NAME.yaml here. '-' is standard output.", HelpName = "path" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };
    private readonly ExchangeOption _form = new();
    private readonly LookupOptions _which = new();

    public ExportCommand()
        : base(
            "export",
            "Write values, in plaintext, to a file that only you can read.",
            "secrets export mlflow_secret",
            "secrets create copy --values @mlflow_secret.yaml",
            "secrets export 'db-*' -o db.yaml",
            "secrets import db.yaml --store other.secrets",
            "secrets export --all -o team.env")
    {
        Add(_names);
        Add(_all);
        Add(_file);
        Add(_force);
        _form.AddTo(this);
        _which.AddTo(this, withVersion: true);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string[] names = call.Get(_names) ?? [];
        if ((names.Length == 0) != call.Get(_all))
            throw new UsageException("Name what to export, or give --all.");
        bool isOne = names is [var only] && !only.AsSpan().ContainsAny('*', '?');
        if (!isOne && call.Get(_file) is null)
            throw new UsageException("Say where to write several secrets: -o FILE, or -o - for standard output.");

        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            (string target, SecretValue document) = isOne
                ? await ExportOneAsync(call, client, names[0], cancellationToken).ConfigureAwait(false)
                : await ExportManyAsync(call, client, names, cancellationToken).ConfigureAwait(false);
            if (target == "-")
            {
                call.Terminal.Out.Write(document.RevealString());
            }
            else
            {
                await PrivateFile.WriteAsync(call.Environment.FullPath(target), document.RevealString(), call.Get(_force), cancellationToken).ConfigureAwait(false);
                call.Note($"wrote {target}, in plaintext. Remove it when it has served.");
            }
        }

        return ExitCode.Done;
    }

    private async Task<(string Target, SecretValue Document)> ExportOneAsync(CommandCall call, SecretsClient client, string name, CancellationToken cancellationToken)
    {
        SecretLookup lookup = await _which.FindAsync(call, client, name, cancellationToken).ConfigureAwait(false);
        Secret secret = await client.GetSecretAsync(lookup, cancellationToken).ConfigureAwait(false);
        client.Demand(SecretAction.Reveal, secret.Properties.Address);
        SecretExchangeFormat form = _form.ToWrite(call, call.Get(_file));
        string ending = form switch { SecretExchangeFormat.Json => ".json", SecretExchangeFormat.Dotenv => ".env", _ => ".yaml" };
        return (call.Get(_file) ?? secret.Name.Replace('/', '-') + ending, SecretExchange.Export(secret.Values, form));
    }

    private async Task<(string Target, SecretValue Document)> ExportManyAsync(CommandCall call, SecretsClient client, string[] names, CancellationToken cancellationToken)
    {
        if (_which.Of(call, "*").Version is not null)
            throw new UsageException("--version is for one secret. Name it.");
        SecretExchangeFormat form = _form.ToWrite(call, call.Get(_file));
        SecretQuery query = new() { Visibility = _which.Visibility(call), Scope = _which.Scope(call) };
        string[] patterns = call.Get(_all) ? ["*"] : names;
        List<SecretLookup> chosen = [];
        HashSet<string> unmatched = new(patterns, StringComparer.Ordinal);
        await foreach (SecretProperties secret in client.ListSecretsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            string[] fits = [.. patterns.Where(pattern => pattern == secret.Name || FileSystemName.MatchesSimpleExpression(pattern, secret.Name, ignoreCase: false))];
            unmatched.ExceptWith(fits);
            if (fits.Length == 0)
                continue;
            client.Demand(SecretAction.Reveal, secret.Address);
            chosen.Add(new SecretLookup(secret.Name) { Scope = secret.Scope, Visibility = secret.Visibility });
        }

        if (unmatched.Count > 0)
            throw new SecretException(SecretErrorCode.NotFound, $"No secret fits {string.Join(", ", unmatched.Order(StringComparer.Ordinal).Select(pattern => $"'{pattern}'"))}. List the secrets to see what there is.");
        IReadOnlyList<SecretLookupResult> results = await client.GetSecretsAsync(chosen, cancellationToken).ConfigureAwait(false);
        return (call.Get(_file)!, SecretExchange.ExportAll(results.Select(result => result.GetSecretOrThrow()), form));
    }
}
