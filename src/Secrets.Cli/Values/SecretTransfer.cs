namespace Secrets.Cli.Values;

/// <summary>
/// Writes secrets that came from elsewhere: what is there already and is the same stays untouched, so that a transfer can be run again. Whether it is the
/// same is told by fingerprints under a key of this run.
/// </summary>
internal sealed class SecretTransfer(SecretsClient target, bool overwrite, bool dryRun) : IDisposable
{
    public const string Created = "created";
    public const string Replaced = "replaced";
    public const string Same = "same";
    public const string Differs = "differs, left";

    private readonly ValueFingerprints _fingerprints = new();

    public void Dispose() => _fingerprints.Dispose();

    public async Task<string> WriteAsync(string name, SecretValues values, CreateSecretOptions options, CancellationToken cancellationToken)
    {
        SecretLookup place = new(name) { Scope = options.Scope, Visibility = options.Visibility };
        SecretLookupResult known = (await target.GetSecretsAsync([place], cancellationToken).ConfigureAwait(false))[0];
        if (known.Status is not (SecretReadStatus.Found or SecretReadStatus.NotFound))
            throw known.Error!;
        byte[] wanted = _fingerprints.Of(values);
        if (known.Secret is { } there && ValueFingerprints.AreSame(_fingerprints.Of(there.Values), wanted))
            return Same;
        if (known.Secret is not null && !overwrite)
            return Differs;
        string outcome = known.Secret is null ? Created : Replaced;
        if (dryRun)
            return "would be " + outcome;

        options.Overwrite = overwrite;
        await target.CreateSecretAsync(name, values, options, cancellationToken).ConfigureAwait(false);
        Secret written = await target.RefreshSecretAsync(place, cancellationToken).ConfigureAwait(false);
        return ValueFingerprints.AreSame(_fingerprints.Of(written.Values), wanted)
            ? outcome
            : throw new SecretException(SecretErrorCode.Corrupted, $"'{name}' ({options.Scope}) was written, and what the store gives back is something else. Compare the two stores before going on.");
    }
}
