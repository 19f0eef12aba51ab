using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Secrets;

/// <summary>
/// A store in one encrypted file: append-only, safe against crashes, tampering and rollback, shared by several processes.
/// </summary>
/// <remarks>
/// <para>Authentication: any one of the store's unlock slots (key file, environment variable, passphrase, systemd credential, KMS). Name mapping:
/// none; any name up to 253 chars. Versions: <c>1</c>, <c>2</c>, ... for each secret; a name that is used again is never at one that it was at before; one
/// that goes because newer ones come is unreadable, whoever has the key, when that write returns (after a power failure, when the store was opened again). Limits:
/// values of 1 MiB, properties of 64 KiB together. Consistency: a read sees every write that has returned in this process, and what other
/// processes wrote; a write that has returned is on the medium. Permissions: whoever has the key reads and writes everything; visibility and
/// policy are the client's. Mode 0600 keeps other users of the machine from the file.</para>
/// <para>Safe to use from any thread. Names and properties are in memory in the clear while the store is open; values are opened when read.
/// Memory is not locked, and the garbage collector may copy it.</para>
/// </remarks>
public sealed class EncryptedFileSecretStore : ISecretStore
{
    internal const SecretStoreFeatures AllFeatures =
        SecretStoreFeatures.Write | SecretStoreFeatures.Delete | SecretStoreFeatures.List | SecretStoreFeatures.Describe
        | SecretStoreFeatures.KeysWithoutValues | SecretStoreFeatures.Versions | SecretStoreFeatures.SoftDelete | SecretStoreFeatures.WriteIfAbsent
        | SecretStoreFeatures.WriteIfVersion | SecretStoreFeatures.Binary | SecretStoreFeatures.Watch | SecretStoreFeatures.BatchRead
        | SecretStoreFeatures.Promote | SecretStoreFeatures.DestroyVersion | SecretStoreFeatures.Move | SecretStoreFeatures.ReadUnlessVersion;

    internal static readonly SecretStoreCapabilities DeclaredCapabilities = new(AllFeatures)
    {
        MaxValueBytes = WriteLimits.MaxValueBytes,
        MaxNameLength = WriteLimits.MaxNameLength,
        MaxBatchSize = 1000,
        MaxConcurrency = 64,
    };

    private readonly EncryptedFileOptions _options;
    private readonly VersionRetention _retention;
    private readonly StoreWatches _watches = new();
    private EncryptedLog _log = null!;
    private ITimer? _look;
    private volatile bool _disposed;

    private EncryptedFileSecretStore(EncryptedFileOptions options)
    {
        _options = options;
        _retention = new VersionRetention(options.MaxVersions, options.MaxVersionAge);
        Name = options.StoreName;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SecretStoreCapabilities Capabilities => DeclaredCapabilities;

    /// <summary>The ways to open this store.</summary>
    public EncryptedFileSlots Slots => new(_log, _options);

    /// <summary>What its keeper does now and then.</summary>
    public EncryptedFileMaintenance Maintenance => new(_log, _options);

    /// <summary>Whether the store was opened for reading only, because its medium or mode allows no more.</summary>
    public bool IsReadOnly => !_log.IsWritable;

    internal LogState CurrentState => _log.State;

    /// <summary>Makes a new store and opens it. Never touches a file that exists.</summary>
    /// <param name="options">Where, and what opens it; each unlock method gets a slot, and a key file that is not there is made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.AlreadyExists"/>: there is a file (<c>already-exists</c>). <see cref="SecretErrorCode.Unauthenticated"/>: a key cannot
    /// be had. <see cref="SecretErrorCode.Unavailable"/>, <see cref="SecretErrorCode.Denied"/>: the file system refuses (<c>directory-missing</c>,
    /// <c>disk-full</c>, <c>read-only</c>, ...). Of the store nothing is left behind then, unless its name was all that could not be made durable; a
    /// key file that was made stays, for the next try or for whoever uses it by then.
    /// </exception>
    public static async ValueTask<EncryptedFileSecretStore> CreateAsync(EncryptedFileOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        try
        {
            await new StoreCreator(options).CreateAsync(MethodsOf(options), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Creating", options.Path, options.StoreName);
        }

        return await OpenExistingAsync(options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens a store: verifies every frame, cuts off what a crash left unfinished, and compares with the anchor.</summary>
    /// <param name="options">Where, and what opens it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.Unauthenticated"/>: no unlock method opens it (<c>wrong-key</c>, <c>key-file-missing</c>, <c>key-file-permissions</c>, ...).
    /// <see cref="SecretErrorCode.Corrupted"/>: damaged or changed (<c>tampered</c>, <c>truncated-header</c>), rolled back (<c>rollback</c>), forked
    /// (<c>fork</c>). <see cref="SecretErrorCode.InvalidArgument"/>: not a store (<c>wrong-file</c>), a link (<c>path-is-link</c>).
    /// <see cref="SecretErrorCode.Unsupported"/>: <c>newer-format</c>. <see cref="SecretErrorCode.Unavailable"/>, <see cref="SecretErrorCode.Denied"/>: the file
    /// system refuses.
    /// </exception>
    public static async ValueTask<EncryptedFileSecretStore> OpenAsync(EncryptedFileOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (!options.CreateIfMissing || options.Files.Exists(options.Path))
            return await OpenExistingAsync(options, cancellationToken).ConfigureAwait(false);
        try
        {
            return await CreateAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException failure) when (failure.Reason == "already-exists")
        {
            return await OpenExistingAsync(options, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reads);
        Enter(cancellationToken);
        _log.CatchUp();
        SecretReadResult[] results = new SecretReadResult[reads.Count];
        for (int i = 0; i < results.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            results[i] = StoreReads.Read(_log, reads[i]);
        }

        return ValueTask.FromResult<IReadOnlyList<SecretReadResult>>(results);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(IReadOnlyList<SecretAddress> addresses, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        Enter(cancellationToken);
        _log.CatchUp();
        LogState state = _log.State;
        SecretDescribeResult[] results = new SecretDescribeResult[addresses.Count];
        for (int i = 0; i < results.Length; i++)
            results[i] = StoreReads.Describe(state, addresses[i]);
        return ValueTask.FromResult<IReadOnlyList<SecretDescribeResult>>(results);
    }

    /// <inheritdoc/>
    public ValueTask<SecretPage> ListAsync(SecretListing listing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        Enter(cancellationToken);
        if (listing.PageSize is < 1 or > StoreListings.MaxPageSize)
            throw StoreErrors.BadPageSize(listing.PageSize, Name);
        _log.CatchUp();
        return ValueTask.FromResult(StoreListings.List(_log.State, listing));
    }

    /// <inheritdoc/>
    public ValueTask<SecretPage> ListVersionsAsync(SecretAddress address, string? continuationToken, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        _log.CatchUp();
        return ValueTask.FromResult(StoreListings.ListVersions(_log.State, address, continuationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> WriteAsync(SecretWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        Enter(cancellationToken);
        WriteLimits.Check(write, Name);
        WriteMutation mutation = new(write, _retention, _options.TimeProvider);
        _log.Prepare(mutation);
        SecretProperties? written = await _log.CommitAsync(mutation, cancellationToken).ConfigureAwait(false);
        return written!;
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> PromoteAsync(SecretPromotion promotion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(promotion);
        Enter(cancellationToken);
        SecretProperties? promoted = await _log.CommitAsync(new PromoteMutation(promotion), cancellationToken).ConfigureAwait(false);
        return promoted!;
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(SecretDelete delete, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delete);
        Enter(cancellationToken);
        if (delete.Condition.IfAbsent)
            throw StoreErrors.Invalid(delete.Address, "condition", "a deletion cannot ask for the address to be free. Delete without that condition.", Name);
        await _log.CommitAsync(new DeleteMutation(delete, _options.TimeProvider), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<SecretProperties> RecoverAsync(SecretAddress address, CancellationToken cancellationToken)
    {
        Enter(cancellationToken);
        SecretProperties? recovered = await _log.CommitAsync(new RecoverMutation(address), cancellationToken).ConfigureAwait(false);
        return recovered!;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The watch begins with the first <c>MoveNextAsync</c>, before that call returns. Changes of other processes are seen at the next look
    /// (<see cref="EncryptedFileOptions.PollInterval"/>) or read.
    /// </remarks>
    public async IAsyncEnumerable<SecretStoreChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<SecretStoreChange> watch = _watches.Begin();
        try
        {
            Enter(cancellationToken);
            await foreach (SecretStoreChange change in watch.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return change;
        }
        finally
        {
            _watches.End(watch);
        }
    }

    /// <summary>Ends what was begun, then closes the file and zeroes the keys. Ends every watch.</summary>
    /// <returns>A task that ends when the store is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_look is not null)
            await _look.DisposeAsync().ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
        _watches.EndAll(new ObjectDisposedException(Name));
    }

    private static async ValueTask<EncryptedFileSecretStore> OpenExistingAsync(EncryptedFileOptions options, CancellationToken cancellationToken)
    {
        EncryptedFileSecretStore store = new(options);
        try
        {
            // Off the caller's thread: verifying a large file is work.
            LogEvents events = new(store._watches.Tell, store._watches.EndAll);
            store._log = await Task.Run(() => EncryptedLog.OpenAsync(options, MethodsOf(options), events, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Opening", options.Path, options.StoreName);
        }

        store._look = options.TimeProvider.CreateTimer(static log => ((EncryptedLog)log!).Look(), store._log, options.PollInterval, options.PollInterval);
        return store;
    }

    private static IReadOnlyList<UnlockMethod> MethodsOf(EncryptedFileOptions options) =>
        options.Unlock.Count > 0 ? [.. options.Unlock] : UnlockDefaults.For(options.Path);

    private void Enter(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
