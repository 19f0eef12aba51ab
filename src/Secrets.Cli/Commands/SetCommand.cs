using Secrets.Cli.Hosting;
using Secrets.Cli.Values;

namespace Secrets.Cli.Commands;

/// <summary>Sets keys of a secret, or its one value, whether it is there or not.</summary>
internal sealed class SetCommand : SecretsCommand
{
    private readonly ValueOptions _values = new();
    private readonly LookupOptions _place = new();

    public SetCommand()
        : base(
            "set",
            "Set keys of a secret, or without pairs its one value; creates it if it is not there.",
            "secrets set HF_TOKEN                        (asks, or reads standard input)",
            "secrets set db password=@new-password --scope project:churn")
    {
        _values.AddTo(this);
        _place.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        (string name, SecretValues values) = _values.Read(call);
        if (values.Count == 0)
            values[SecretProperties.SingleKey] = OneValue(call, name);
        SecretScope scope = _place.Scope(call) ?? SecretScope.Team;
        SecretVisibility visibility = _place.Visibility(call) ?? SecretVisibility.Public;

        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretProperties written = await WriteAsync(client, new SecretLookup(name) { Scope = scope, Visibility = visibility }, values, cancellationToken).ConfigureAwait(false);
            call.Answer(PropertiesJson.Of(written), $"Set {scope} secret '{name}', version {written.Version}");
        }

        return ExitCode.Done;
    }

    private static SecretValue OneValue(CommandCall call, string name)
    {
        if (!call.CanAsk)
            return new ValueText(call).ReadInput(name);
        return call.Terminal.AskUnechoed($"{name}: ") ?? throw new UsageException($"No value was given for '{name}'.");
    }

    private static async Task<SecretProperties> WriteAsync(SecretsClient client, SecretLookup lookup, SecretValues values, CancellationToken cancellationToken)
    {
        try
        {
            return await client.UpdateSecretAsync(
                lookup,
                update =>
                {
                    foreach ((string key, SecretValue value) in values)
                        update.Set(key, value);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException e) when (e.Code is SecretErrorCode.NotFound)
        {
            CreateSecretOptions options = new() { Scope = lookup.Scope!.Value, Visibility = lookup.Visibility!.Value };
            return await client.CreateSecretAsync(lookup.Name, values, options, cancellationToken).ConfigureAwait(false);
        }
    }
}
