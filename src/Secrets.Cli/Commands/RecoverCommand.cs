using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Brings a deleted secret back.</summary>
internal sealed class RecoverCommand : SecretsCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The secret's name." };
    private readonly LookupOptions _which = new();

    public RecoverCommand()
        : base("recover", "Bring a deleted secret back, where the store still keeps it.", "secrets list --deleted", "secrets recover db")
    {
        Add(_name);
        _which.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretProperties recovered = await client.RecoverSecretAsync(_which.Of(call, call.Get(_name)!), cancellationToken).ConfigureAwait(false);
            call.Answer(PropertiesJson.Of(recovered), $"Recovered {recovered.Address}, version {recovered.Version}");
        }

        return ExitCode.Done;
    }
}
