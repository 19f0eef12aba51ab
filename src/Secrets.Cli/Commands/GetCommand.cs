using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Shows one secret: its keys, and with <c>--reveal</c> its values.</summary>
internal sealed class GetCommand : SecretsCommand
{
    private readonly Argument<string> _name = new("name") { Description = "The secret's name, its id, or the beginning of one; at a terminal also the beginning of a name." };
    private readonly LookupOptions _which = new();
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Show values." };
    private readonly Option<string?> _key = new("--key", "-k") { Description = "Only this key; with --reveal its bytes as they are, without a line break added unless to a terminal.", HelpName = "key" };

    public GetCommand()
        : base(
            "get",
            "Show a secret: private before public, project before cluster before team. Values only with --reveal.",
            "secrets get openai_secret",
            "secrets get openai_secret --key api_key --reveal | wc -c",
            "secrets get db --private=false --scope project:churn --format json")
    {
        Add(_name);
        _which.AddTo(this, withVersion: true);
        Add(_reveal);
        Add(_key);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            Secret secret = await client.GetSecretAsync(await _which.FindAsync(call, client, call.Get(_name)!, cancellationToken, reads: true).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            if (call.Get(_reveal))
                client.Demand(SecretAction.Reveal, secret.Properties.Address);
            if (call.Get(_key) is not { } key)
                Show(call, secret);
            else if (call.Get(_reveal))
                WriteValue(call, secret[key]);
            else
                Show(call, secret, key);
        }

        return ExitCode.Done;
    }

    private static void WriteValue(CommandCall call, SecretValue value)
    {
        byte[] bytes = value.RevealBytes();
        using Stream output = call.Terminal.OpenOutput();
        output.Write(bytes);
        if (call.Terminal.IsOutputTerminal)
            output.WriteByte((byte)'\n');
        bytes.AsSpan().Clear();
    }

    private void Show(CommandCall call, Secret secret, string? onlyKey = null)
    {
        if (secret.Keys.Count == 0)
            call.Note($"the secret '{secret.Name}' has no keys.");
        JsonObject fields = PropertiesJson.Of(secret.Properties);
        string[] keys = onlyKey is null ? [.. secret.Keys] : [onlyKey];
        JsonObject values = [];
        foreach (string key in keys)
            values[key] = Text(call, secret[key]);
        fields["keys"] = new JsonArray([.. secret.Keys.Select(key => (JsonNode)key)]);
        fields["values"] = values;
        call.Answer(fields, ForPeople(call, secret.Properties, values));
    }

    // Bytes that are no text are shown as base64, and said to be.
    private string Text(CommandCall call, SecretValue value)
    {
        if (!call.Get(_reveal))
            return SecretValue.Redacted;
        return value.IsText ? value.RevealString() : "base64:" + Convert.ToBase64String(value.RevealBytes());
    }

    private static string ForPeople(CommandCall call, SecretProperties properties, JsonObject values)
    {
        StringBuilder text = new();
        text.Append(properties.Address).Append(", version ").Append(properties.Version);
        if (properties.Type is { } type) text.Append(", type ").Append(type);
        text.Append('\n');
        if (properties.Description is { } description) text.Append(description).Append('\n');
        Column[] columns = [Column.Of("KEY", "key"), Column.Of("VALUE", "value")];
        JsonObject[] rows = [.. values.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = (string?)pair.Value })];
        text.Append(TableText.Fitted(columns, rows, call.Terminal.IsOutputTerminal ? call.Terminal.Width : int.MaxValue));
        return text.ToString();
    }
}
