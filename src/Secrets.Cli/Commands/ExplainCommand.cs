using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Says which secret a name gives, and which ones that shadows.</summary>
internal sealed class ExplainCommand : SecretsCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The secret's name." };
    private readonly LookupOptions _which = new();

    public ExplainCommand()
        : base("explain", "Say which secret a name gives here, which ones it shadows, and where was looked. Reads no value.", "secrets explain db --project churn --cluster gpu-1")
    {
        Add(_name);
        _which.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretExplanation why = await client.ExplainAsync(_which.Of(call, call.Get(_name)!), cancellationToken).ConfigureAwait(false);
            call.Answer(Fields(why), why.ToString());
            return why.Applied is null ? ExitCode.NotFound : ExitCode.Done;
        }
    }

    private static JsonObject Fields(SecretExplanation why) => new()
    {
        ["name"] = why.Lookup.Name,
        ["chain"] = new JsonArray([.. why.Chain.Select(scope => (JsonNode)scope.ToString())]),
        ["applied"] = why.Applied?.Properties is { } applied ? PropertiesJson.Of(applied) : null,
        ["candidates"] = new JsonArray([.. why.Candidates.Select(candidate => (JsonNode)new JsonObject
        {
            ["scope"] = candidate.Address.Scope.ToString(),
            ["visibility"] = PropertiesJson.Of(candidate.Address.Visibility),
            ["outcome"] = candidate.Outcome.ToString().ToLowerInvariant(),
            ["version"] = candidate.Properties?.Version.Value,
        })]),
    };
}
