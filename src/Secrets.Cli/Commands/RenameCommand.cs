using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Gives a secret another name.</summary>
internal sealed class RenameCommand : SecretsCommand
{
    private readonly Argument<string> _name = new("name") { Description = "Its name." };
    private readonly Argument<string> _newName = new("new-name") { Description = "Its new name." };
    private readonly LookupOptions _which = new();

    public RenameCommand()
        : base("rename", "Give a secret another name; scope, visibility and values stay.", "secrets rename openai_secret openai_prod")
    {
        Add(_name);
        Add(_newName);
        _which.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string name = call.Get(_name)!;
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretProperties renamed = await client.RenameSecretAsync(await _which.FindAsync(call, client, name, cancellationToken).ConfigureAwait(false), call.Get(_newName)!, cancellationToken).ConfigureAwait(false);
            call.Answer(PropertiesJson.Of(renamed), $"Renamed '{name}' to {renamed.Address}");
        }

        return ExitCode.Done;
    }
}
