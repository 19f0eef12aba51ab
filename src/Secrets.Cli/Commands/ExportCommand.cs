using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Writes one secret's values to a file that <c>create --values @file</c> reads.</summary>
internal sealed class ExportCommand : SecretsCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The secret's name." };
    private readonly Option<string?> _file = new("--output", "-o") { Description = "Where to; else NAME.yaml here. '-' is standard output.", HelpName = "path" };
    private readonly Option<bool> _force = new("--force") { Description = "Replace the file if it is there." };
    private readonly LookupOptions _which = new();

    public ExportCommand()
        : base("export", "Write a secret's values, in plaintext, to a file that only you can read.", "secrets export mlflow_secret", "secrets create copy --values @mlflow_secret.yaml")
    {
        Add(_name);
        Add(_file);
        Add(_force);
        _which.AddTo(this, withVersion: true);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            Secret secret = await client.GetSecretAsync(_which.Of(call, call.Get(_name)!), cancellationToken).ConfigureAwait(false);
            client.Demand(SecretAction.Reveal, secret.Properties.Address);
            string target = call.Get(_file) ?? secret.Name.Replace('/', '-') + ".yaml";
            string text = TextOf(secret, call.Format is OutputFormat.Json);
            if (target == "-")
            {
                call.Terminal.Out.Write(text);
            }
            else
            {
                await PrivateFile.WriteAsync(call.Environment.FullPath(target), text, call.Get(_force), cancellationToken).ConfigureAwait(false);
                call.Note($"wrote {target}, in plaintext. Remove it when it has served.");
            }
        }

        return ExitCode.Done;
    }

    // Bytes that are no text have a spelling of their own in each format; `create --values` reads both.
    private static string TextOf(Secret secret, bool asJson)
    {
        if (!secret.Values.Values.All(value => value.IsText))
            return SecretExchange.Export(secret.Values, asJson ? SecretExchangeFormat.Json : SecretExchangeFormat.Yaml).RevealString();
        JsonObject values = [];
        foreach ((string key, SecretValue value) in secret.Values)
            values[key] = value.RevealString();
        return asJson ? JsonText.Of(values) : YamlText.Of(values);
    }
}
