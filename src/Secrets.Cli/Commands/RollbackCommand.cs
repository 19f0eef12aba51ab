using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Makes another version the current one.</summary>
internal sealed class RollbackCommand : SecretsCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The secret's name." };
    private readonly Option<string?> _to = new("--to") { Description = "The version, a later or pending one too; else the one before the current.", HelpName = "version" };
    private readonly LookupOptions _which = new();

    public RollbackCommand()
        : base("rollback", "Make another version of a secret the current one: the one before, or any that is named.", "secrets versions db", "secrets rollback db --to 3")
    {
        Add(_name);
        Add(_to);
        _which.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretVersion? version = call.Get(_to) is { } to ? new SecretVersion(to) : null;
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretProperties current = await client.RollBackSecretAsync(_which.Of(call, call.Get(_name)!), version, cancellationToken).ConfigureAwait(false);
            call.Answer(PropertiesJson.Of(current), $"{current.Address} is at version {current.Version} now");
        }

        return ExitCode.Done;
    }
}
