using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>The options that say which secret of a name is meant.</summary>
internal sealed class LookupOptions
{
    private readonly Option<bool?> _private = new("--private", "-p") { Description = "Only your private secret; with --private=false only the public one.", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _scope = new("--scope") { Description = "Only this scope: team, project:churn, cluster:gpu-1, or a kind of your own.", HelpName = "kind[:id]" };

    private readonly Option<string?> _version = new("--version") { Description = "This version; else the current one.", HelpName = "version" };

    public void AddTo(Command command, bool withVersion = false)
    {
        command.Add(_private);
        command.Add(_scope);
        if (withVersion)
            command.Add(_version);
    }

    public SecretLookup Of(CommandCall call, string name) => new(name)
    {
        Visibility = Visibility(call),
        Scope = Scope(call),
        Version = call.Get(_version) is { } version ? new SecretVersion(version) : null,
    };

    /// <summary>
    /// The secret that a name, an id or the beginning of an id means, and to somebody who reads at a terminal the beginning of a name. What means nothing
    /// or cannot be looked for stays a name, so that the command says what it cannot do.
    /// </summary>
    public Task<SecretLookup> FindAsync(CommandCall call, SecretsClient client, string nameOrId, CancellationToken cancellationToken, bool reads = false) =>
        FindAsync(client, Of(call, nameOrId), reads && call.CanAsk, cancellationToken);

    public static async Task<SecretLookup> FindAsync(SecretsClient client, SecretLookup named, bool isPart, CancellationToken cancellationToken)
    {
        if (!isPart && !named.Name.All(c => char.IsAsciiHexDigit(c) || c == '-')) return named;
        try
        {
            SecretProperties found = await client.FindSecretAsync(named, isPart, cancellationToken).ConfigureAwait(false);
            return named with { Name = found.Name, Scope = found.Scope, Visibility = found.Visibility };
        }
        catch (SecretException e) when (e.Code is not SecretErrorCode.Ambiguous)
        {
            return named;
        }
    }

    public SecretVisibility? Visibility(CommandCall call) => !call.Has(_private)
        ? null
        : call.Get(_private) ?? true ? SecretVisibility.Private : SecretVisibility.Public;

    public SecretScope? Scope(CommandCall call) => call.Get(_scope) is { } scope ? SecretScope.Parse(scope) : null;
}
