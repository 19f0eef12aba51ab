using System.CommandLine;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Commands;

/// <summary>Destroys the values of versions of a secret for good; the current version and the others stay.</summary>
internal sealed class DestroyCommand : SecretsCommand
{
    private static readonly Column[] Columns = [Column.Of("DESTROYED", "version"), Column.Of("NAME", "name"), Column.Of("SCOPE", "scope"), Column.Of("VISIBILITY", "visibility")];

    private readonly Argument<string> _name = new("name") { Description = "The secret's name." };
    private readonly Argument<string[]> _versions = new("version") { Description = "Versions, as secrets versions shows them; not the current one.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };
    private readonly LookupOptions _which = new();

    public DestroyCommand()
        : base("destroy", "Destroy the values of versions of a secret for good; the other versions stay.", "secrets versions db", "secrets destroy db 2", "secrets destroy db 1 2 -y")
    {
        Add(_name);
        Add(_versions);
        Add(_yes);
        _which.AddTo(this);
    }

    protected override async Task<int> RunAsync(CommandCall call, CancellationToken cancellationToken)
    {
        string[] wanted = [.. call.Get(_versions)!.Distinct(StringComparer.Ordinal)];
        SecretsClient client = await call.OpenClientAsync(cancellationToken).ConfigureAwait(false);
        await using (client.ConfigureAwait(false))
        {
            SecretLookup lookup = await _which.FindAsync(call, client, call.Get(_name)!, cancellationToken).ConfigureAwait(false);
            SecretProperties[] doomed = await FindAsync(client, lookup, wanted, cancellationToken).ConfigureAwait(false);
            string what = $"{(wanted.Length == 1 ? "version" : "versions")} {string.Join(", ", wanted)} of {doomed[0].Address}";
            if (!call.Get(_yes) && !call.Confirm($"Destroy {what} for good?", "-y"))
            {
                call.Note("nothing was destroyed.");
                return ExitCode.Failed;
            }

            // The secret that was asked about, whatever the name gives by now.
            SecretLookup exactly = new(doomed[0].Name) { Scope = doomed[0].Scope, Visibility = doomed[0].Visibility };
            foreach (SecretProperties version in doomed)
                await client.DeleteSecretAsync(exactly with { Version = version.Version }, cancellationToken).ConfigureAwait(false);
            Answer(call, doomed, $"Destroyed {what}\n");
        }

        return ExitCode.Done;
    }

    private static void Answer(CommandCall call, SecretProperties[] destroyed, string forPeople)
    {
        if (call.Format is OutputFormat.Table)
            call.Terminal.Out.Write(forPeople);
        else
            call.Answer(Columns, [.. destroyed.Select(version => PropertiesJson.Of(version with { State = SecretVersionState.Destroyed, KeyNames = null }))]);
    }

    // All of them are looked at before the first one goes, so that a typing error destroys nothing.
    private static async Task<SecretProperties[]> FindAsync(SecretsClient client, SecretLookup lookup, string[] wanted, CancellationToken cancellationToken)
    {
        Dictionary<string, SecretProperties> known = new(StringComparer.Ordinal);
        await foreach (SecretProperties version in client.ListVersionsAsync(lookup, cancellationToken).ConfigureAwait(false))
            known[version.Version.Value] = version;
        foreach (string version in wanted)
        {
            if (!known.TryGetValue(version, out SecretProperties? found))
                throw new SecretException(SecretErrorCode.NotFound, $"'{lookup.Name}' has no version '{version}'; nothing was destroyed. See secrets versions {lookup.Name}");
            if (found.State is SecretVersionState.Current)
                throw new UsageException($"Version {version} of {found.Address} is the current one; nothing was destroyed. Make another one current first (secrets rollback), or remove the secret (secrets purge).");
        }

        return [.. wanted.Select(version => known[version])];
    }
}
