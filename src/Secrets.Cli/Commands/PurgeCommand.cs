using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Removes a secret for good, deleted before or not.</summary>
internal sealed class PurgeCommand : SecretsCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The secret's name." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };
    private readonly LookupOptions _which = new();

    public PurgeCommand()
        : base("purge", "Remove a secret for good, with all its versions; also one that was deleted before.", "secrets purge old_key -y")
    {
        Add(_name);
        Add(_yes);
        _which.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretLookup lookup = _which.Of(call, call.Get(_name)!);
        if (!call.Get(_yes) && !call.Confirm($"Remove {lookup} for good?", "-y"))
        {
            call.Note("nothing was removed.");
            return ExitCode.Failed;
        }

        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
            await client.PurgeSecretAsync(lookup, cancellationToken).ConfigureAwait(false);
        call.Answer(new JsonObject { ["name"] = lookup.Name }, $"Removed {lookup} for good");
        return ExitCode.Done;
    }
}
