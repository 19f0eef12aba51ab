namespace Secrets;

/// <summary>Google Secret Manager as a store. Secrets that exist already are read under their own names.</summary>
/// <remarks>
/// <para>Authentication: application default credentials, or a credential; impersonation and quota project on top.</para>
/// <para>Name mapping: a public team secret has its own name; others begin with their scope (<c>project--churn--db</c>), private ones go on with
/// their owner. Other characters are escaped as <c>--xHH</c>.</para>
/// <para>Versions: the service's numbers, or an alias where one is read; the newest is current. Description, tags, type and expiry belong to the
/// secret, not to a version.</para>
/// <para>Limits: 65,536 bytes for a secret's JSON or single value, 255 characters for a native name, 64 labels, 16 KiB of annotations.</para>
/// <para>Consistency: reads of a version see writes at once; <c>latest</c> and listings may lag for a moment. A deletion is for good. There is no write at
/// a version: the service's etags are on the secret, and a version is added without one.</para>
/// <para>Permissions: see <c>docs/providers/google-secret-manager.md</c>, and <see cref="GoogleSecretManagerLeastPrivilege"/>. Safe to call from any thread.</para>
/// </remarks>
public sealed class GoogleSecretManagerSecretStore : DelegatingSecretStore
{
    private readonly GoogleWrites _writes;

    /// <summary>Makes the store. Nothing is called yet.</summary>
    /// <param name="options">Which project, as whom.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: no project (<c>no-project</c>), or an option breaks its rule.</exception>
    public GoogleSecretManagerSecretStore(GoogleSecretManagerOptions options)
        : this(Open(options ?? throw new ArgumentNullException(nameof(options))))
    {
    }

    private GoogleSecretManagerSecretStore((NativeSecretStore Store, GoogleWrites Writes) opened)
        : base(opened.Store) =>
        _writes = opened.Writes;

    /// <summary>Lets a version be read again that was disabled. Of an enabled one, nothing changes.</summary>
    /// <param name="address">The secret.</param>
    /// <param name="version">The version, as it was listed, or its number.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.NotFound"/>: no such version, or it is destroyed (<c>destroyed</c>); <see cref="SecretErrorCode.Denied"/>: needs
    /// <c>secretmanager.versions.enable</c>.
    /// </exception>
    public ValueTask EnableVersionAsync(SecretAddress address, SecretVersion version, CancellationToken cancellationToken) =>
        _writes.SwitchAsync(address, version, isEnabled: true, cancellationToken);

    /// <summary>
    /// Keeps a version from being read, by anybody, until it is enabled again; its value is kept. The current one can be disabled, too: the
    /// secret is then denied, because the service does not fall back to an older version.
    /// </summary>
    /// <param name="address">The secret.</param>
    /// <param name="version">The version, as it was listed, or its number.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is done.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.NotFound"/>: no such version, or it is destroyed (<c>destroyed</c>); <see cref="SecretErrorCode.Denied"/>: needs
    /// <c>secretmanager.versions.disable</c>.
    /// </exception>
    public ValueTask DisableVersionAsync(SecretAddress address, SecretVersion version, CancellationToken cancellationToken) =>
        _writes.SwitchAsync(address, version, isEnabled: false, cancellationToken);

    private static (NativeSecretStore Store, GoogleWrites Writes) Open(GoogleSecretManagerOptions options)
    {
        Check(options);
        NativeNames names = GoogleNames.Under(options.Prefix);
        string name = options.Name ?? $"google-secret-manager:{options.Project}{(options.Location is null ? "" : "/" + options.Location)}{(options.Prefix.Length == 0 ? "" : "/" + options.Prefix.TrimEnd('-'))}";
        SecretStoreCapabilities capabilities = new(
            SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe | SecretStoreFeatures.Versions
            | SecretStoreFeatures.WriteIfAbsent | SecretStoreFeatures.Binary | SecretStoreFeatures.DestroyVersion
            | (options.ReadProperties ? SecretStoreFeatures.BatchRead : SecretStoreFeatures.None))
        {
            MaxValueBytes = 64 * 1024,
            // Values come one to a call, and properties by the page: reads that come together save calls.
            MaxBatchSize = options.ReadProperties ? GoogleReads.MaxTogether : 1,
            MaxConcurrency = options.MaxConcurrency,
            MaxNameLength = GoogleNames.MaxLength - options.Prefix.Length,
        };
        GoogleErrors errors = new(name, options.Location);
        GoogleClient client = new(options);
        GoogleWrites writes = new(client, names, errors, options, capabilities.MaxValueBytes);
        SideBySide calls = new(options.MaxConcurrency);
        GoogleReads reads = new(client, names, errors, calls, options.ReadProperties ? new GoogleDescriptions(client, errors, calls) : null);
        return (new NativeSecretStore(name, capabilities, reads, new GoogleListings(client, names, errors), writes, client), writes);
    }

    private static void Check(GoogleSecretManagerOptions options)
    {
        if (string.IsNullOrEmpty(options.Project))
            throw Refused("no-project", "Set Project to the project's id.");
        if (options.MaxConcurrency is < 1 or > 64)
            throw Refused("concurrency", "MaxConcurrency takes 1 to 64.");
        if (options.Location is { } location && !location.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw Refused("location", $"'{location}' is no location, as in europe-west3.");
    }

    private static SecretException Refused(string reason, string message) =>
        new(SecretErrorCode.InvalidArgument, "Cannot use Google Secret Manager: " + message) { Reason = reason };
}
