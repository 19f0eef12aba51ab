using System.Globalization;
using System.Text;
using Secrets.Cli.Hosting;
using Secrets.Cli.Output;

namespace Secrets.Cli.Scanning;

/// <summary>
/// Moves the findings of one file into the store and leaves references behind. First the store, then a backup of the file, then the file, whole under
/// its name: wherever this stops, nothing is lost and it can be run again.
/// </summary>
internal sealed class Adoption(CommandCall call, SecretsClient client)
{
    private const string BackupEnding = ".before-adopt";

    public async Task AdoptAsync(string path, IReadOnlyList<PlaintextFinding> findings, CancellationToken cancellationToken)
    {
        foreach (PlaintextFinding finding in findings)
            await KeepAsync(finding, cancellationToken).ConfigureAwait(false);

        string full = call.Environment.FullPath(path);
        string before = await File.ReadAllTextAsync(full, cancellationToken).ConfigureAwait(false);
        await PrivateFile.WriteAsync(full + BackupEnding, before, replace: false, cancellationToken).ConfigureAwait(false);
        await PrivateFile.WriteAsync(full, WithReferences(before, findings), replace: true, cancellationToken).ConfigureAwait(false);
        call.Note($"{path} refers to the store now; {path}{BackupEnding} holds what it said, in plaintext: remove it when you have looked.");
    }

    private async Task KeepAsync(PlaintextFinding finding, CancellationToken cancellationToken)
    {
        SecretLookup lookup = new(finding.SecretName) { Scope = SecretScope.Team, Visibility = SecretVisibility.Public };
        SecretLookupResult known = (await client.GetSecretsAsync([lookup], cancellationToken).ConfigureAwait(false))[0];
        if (known.Secret is null && known.Status is not SecretReadStatus.NotFound)
            throw known.Error!;
        if (known.Secret is null)
        {
            await client.CreateSecretAsync(finding.SecretName, new() { [finding.SecretKey] = finding.Value }, null, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!known.Secret.TryGetValue(finding.SecretKey, out SecretValue? there))
            await client.UpdateSecretAsync(lookup, update => update.Set(finding.SecretKey, finding.Value), cancellationToken).ConfigureAwait(false);
        else if (there != finding.Value)
            throw new SecretException(SecretErrorCode.Conflict, $"{finding.Path}:{finding.Line}: the store has '{finding.SecretName}.{finding.SecretKey}' already, with another value. The file was not changed. Rename the setting, or put the reference there by hand.");
    }

    private static string WithReferences(string text, IReadOnlyList<PlaintextFinding> findings)
    {
        StringBuilder changed = new(text);
        foreach (PlaintextFinding finding in findings.OrderByDescending(finding => finding.Start))
            changed.Remove(finding.Start, finding.Length).Insert(finding.Start, string.Format(CultureInfo.InvariantCulture, finding.Replacement, finding.Reference));
        return changed.ToString();
    }
}
