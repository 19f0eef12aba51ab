using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>Changes a secret that is there.</summary>
internal sealed class UpdateCommand : SecretsCommand
{
    private readonly ValueOptions _values = new();
    private readonly DetailOptions _details = new();
    private readonly Option<string[]> _remove = new("--remove", "-r") { Description = "Remove this key. May be given several times.", HelpName = "key" };
    private readonly Option<bool?> _private = new("--private", "-p") { Description = "Make it your private secret; with --private=false a public one.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _visibility = new("--visibility") { Description = "Which one is meant where both are there: private or public; else private before public.", HelpName = "which" };
    private readonly Option<string?> _scope = new("--scope") { Description = "Only this scope: team, project:churn, cluster:gpu-1, or a kind of your own.", HelpName = "kind[:id]" };
    private readonly Option<string?> _type = new("--type", "-t") { Description = "What kind of secret it is from now on; empty for plain pairs.", HelpName = "type" };
    private readonly Option<string?> _ifVersion = new("--if-version") { Description = "Only if the secret is still at this version; else exit 7.", HelpName = "version" };

    public UpdateCommand()
        : base(
            "update",
            "Change a secret: keys that are given are set, others kept.",
            "secrets update openai_secret api_key=@new-key.txt -r organization_id",
            "secrets update mine --private=false",
            "secrets update db --description 'the orders database' --expires 90d")
    {
        _values.AddTo(this);
        _details.AddTo(this);
        Add(_remove);
        Add(_private);
        Add(_visibility);
        Add(_scope);
        Add(_type);
        Add(_ifVersion);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        (string name, SecretValues values) = _values.Read(call);
        string[] removed = call.Get(_remove) ?? [];
        if (values.Count == 0 && removed.Length == 0 && !call.Has(_private) && !call.Has(_type) && !_details.HasAny(call))
            throw new UsageException("There is nothing to change: give key=value, -r key, --private, --description, --type, --tag or --expires.");

        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretProperties written = await client.UpdateSecretAsync(await LookupOptions.FindAsync(client, Lookup(call, name), isPart: false, cancellationToken).ConfigureAwait(false), update => Fill(call, update, values, removed), cancellationToken).ConfigureAwait(false);
            call.Answer(PropertiesJson.Of(written), $"Updated {written.Address}, version {written.Version}");
        }

        return ExitCode.Done;
    }

    private SecretLookup Lookup(CommandCall call, string name) => new(name)
    {
        Scope = call.Get(_scope) is { } scope ? SecretScope.Parse(scope) : null,
        Visibility = call.Get(_visibility) switch
        {
            null => null,
            "private" => SecretVisibility.Private,
            "public" => SecretVisibility.Public,
            string other => throw new UsageException($"--visibility takes private or public, not '{other}'."),
        },
    };

    private void Fill(CommandCall call, SecretUpdate update, SecretValues values, string[] removed)
    {
        foreach ((string key, SecretValue value) in values)
            update.Set(key, value);
        foreach (string key in removed)
            update.Remove(key);
        if (call.Has(_private))
            update.Visibility = call.Get(_private) ?? true ? SecretVisibility.Private : SecretVisibility.Public;
        if (call.Has(_type))
            update.Type = call.Get(_type) is { Length: > 0 } type ? SecretTypeRegistry.Default.Get(type).Id : null;
        if (call.Get(_ifVersion) is { } version)
            update.IfVersion = new SecretVersion(version);
        _details.Fill(call, update);
    }
}
