using System.CommandLine;
using System.Security.Cryptography;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Gives keys of a secret new values: given, typed, or made here.</summary>
internal sealed class RotateCommand : SecretsCommand
{
    private const int GeneratedLength = 32;
    private const string GeneratedFrom = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

    private readonly ValueOptions _values = new();
    private readonly Option<string[]> _generate = new("--generate", "-g") { Description = "Make a random value of 32 letters and digits for this key. May be given several times.", HelpName = "key" };
    private readonly Option<string?> _scope = new("--scope") { Description = "Only this scope: team, project:churn, cluster:gpu-1, or a kind of your own.", HelpName = "kind[:id]" };

    public RotateCommand()
        : base(
            "rotate",
            "Give keys of a secret new values. Its earlier version stays readable by its number, and rollback brings it back.",
            "secrets rotate db --generate password",
            "secrets rotate openai_secret --prompt api_key")
    {
        _values.AddTo(this);
        Add(_generate);
        Add(_scope);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        (string name, SecretValues values) = _values.Read(call);
        foreach (string key in call.Get(_generate) ?? [])
            values[key] = RandomNumberGenerator.GetString(GeneratedFrom, GeneratedLength);
        if (values.Count == 0)
            throw new UsageException("Say which keys: key=@file, key=-, --prompt key, --generate key.");

        SecretLookup lookup = new(name) { Scope = call.Get(_scope) is { } scope ? SecretScope.Parse(scope) : null };
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            Secret before = await client.GetSecretAsync(lookup, cancellationToken).ConfigureAwait(false);
            foreach (string key in values.Keys)
                _ = before[key];
            SecretProperties after = await client.UpdateSecretAsync(lookup, update => Fill(update, values, before.Version), cancellationToken).ConfigureAwait(false);
            call.Answer(PropertiesJson.Of(after), $"Rotated {string.Join(", ", values.Keys)} of {after.Address}: version {after.Version}, before {before.Version}");
        }

        return ExitCode.Done;
    }

    private static void Fill(SecretUpdate update, SecretValues values, SecretVersion before)
    {
        update.IfVersion = before;
        foreach ((string key, SecretValue value) in values)
            update.Set(key, value);
    }
}
