namespace Secrets;

/// <summary>What the keeper of a store does now and then: look at it, verify it, compact it, rotate its key.</summary>
/// <remarks>Safe to use from any thread, while the store is in use.</remarks>
public sealed class EncryptedFileMaintenance
{
    private const int PruneBatch = 1000;

    private readonly EncryptedLog _log;
    private readonly EncryptedFileOptions _options;

    internal EncryptedFileMaintenance(EncryptedLog log, EncryptedFileOptions options)
    {
        _log = log;
        _options = options;
    }

    /// <summary>How the file stands.</summary>
    /// <returns>Numbers only.</returns>
    public EncryptedFileStatus GetStatus()
    {
        _log.CatchUp();
        LogState state = _log.State;
        lock (state.Index.Gate)
        {
            return new EncryptedFileStatus(
                state.Keys.StoreId,
                state.Header.Generation,
                state.Sequence,
                state.Keys.CurrentEpoch,
                state.Index.Count,
                state.End,
                state.Applier.LiveBytes,
                state.Applier.Retention ?? EncryptedFileRetention.Default);
        }
    }

    /// <summary>Each time that somebody accepted a rollback or fork of this store; compaction keeps them.</summary>
    /// <returns>Oldest first.</returns>
    public IReadOnlyList<AcceptedRollback> GetAcceptedRollbacks()
    {
        _log.CatchUp();
        return _log.State.Applier.AcceptedRollbacks;
    }

    /// <summary>
    /// Says how many versions of a secret the store keeps, and how long. Kept in the store: every writer obeys it that has no
    /// <see cref="EncryptedFileOptions.MaxVersions"/> or <see cref="EncryptedFileOptions.MaxVersionAge"/> of its own, from its next write on. A secret is
    /// pruned when it is next written; <see cref="PruneAsync"/> does it now.
    /// </summary>
    /// <param name="retention">What is to be kept.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is on the medium.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>, reason <c>retention</c>: fewer than 2 versions, or an age that is not above zero. Or the store
    /// cannot be written.
    /// </exception>
    public async ValueTask SetRetentionAsync(EncryptedFileRetention retention, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(retention);
        if (!retention.IsPossible)
            throw StoreErrors.BadRetention(retention, _options.StoreName);
        await _log.CommitAsync(new RetentionMutation(retention), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Destroys now what the policy lets go, this opener's own or the store's, instead of when each secret is next written. Deleted secrets stay
    /// as they are.
    /// </summary>
    /// <param name="cancellationToken">Cancels between batches; what went is gone.</param>
    /// <returns>How many versions went. They are overwritten when the call returns.</returns>
    /// <exception cref="SecretException">The store cannot be written.</exception>
    public async Task<int> PruneAsync(CancellationToken cancellationToken = default)
    {
        VersionRetention retention = new(_options.MaxVersions, _options.MaxVersionAge);
        int pruned = 0;
        foreach (SecretAddress[] batch in Addresses().Chunk(PruneBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            PruneMutation mutation = new(batch, retention, _options.TimeProvider);
            await _log.CommitAsync(mutation, cancellationToken).ConfigureAwait(false);
            pruned += mutation.Pruned;
        }

        return pruned;
    }

    /// <summary>Reads the file anew from its first byte and opens every value of every version in it.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What does not open.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Corrupted"/>: the file as a whole does not verify.</exception>
    public Task<EncryptedFileVerification> VerifyAsync(CancellationToken cancellationToken = default) =>
        Task.Run(() => _log.Verify(cancellationToken), cancellationToken);

    /// <summary>
    /// Writes what is alive into a new file and puts it in the old one's place. Readers and writers go on meanwhile. Happens by itself too
    /// (<see cref="EncryptedFileOptions.CompactFromBytes"/>).
    /// </summary>
    /// <param name="cancellationToken">Cancels the call; the store is then as it was.</param>
    /// <returns>A task that ends when the new file is in place.</returns>
    /// <exception cref="SecretException">The file system refuses; the store is as it was.</exception>
    public Task CompactAsync(CancellationToken cancellationToken = default) => Task.Run(() => _log.Compact(cancellationToken), cancellationToken);

    /// <summary>
    /// Begins a new key-encryption epoch, seals all data keys anew under it in batches, and compacts, so that the old epoch's key and all that it
    /// sealed are gone from the file. Goes on with a rotation that was interrupted, if there is one.
    /// </summary>
    /// <param name="cancellationToken">Cancels between batches; the next call goes on from there.</param>
    /// <returns>A task that ends when only the new epoch is left.</returns>
    /// <exception cref="SecretException">The store cannot be written; the next call goes on from there.</exception>
    public async Task RotateKeyAsync(CancellationToken cancellationToken = default)
    {
        if (StaleWraps().Count == 0 && _log.State.CurrentKeySet!.Epochs.Count == 1)
        {
            await _log.CommitAsync(
                new KeySetMutation(state => state.CurrentKeySet! with { Epochs = [.. state.CurrentKeySet!.Epochs, state.Keys.CreateEpoch()] }),
                cancellationToken).ConfigureAwait(false);
        }

        foreach (StaleWrap[] batch in StaleWraps().Chunk(_options.RewrapBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _log.CommitAsync(new RewrapMutation(batch), cancellationToken).ConfigureAwait(false);
        }

        await CompactAsync(cancellationToken).ConfigureAwait(false);
    }

    private SecretAddress[] Addresses()
    {
        if (!_log.IsWritable)
            throw StoreErrors.ReadOnly(_options.Path, _options.StoreName);
        _log.CatchUp();
        LogState state = _log.State;
        lock (state.Index.Gate)
            return [.. state.Index.All.Where(entry => entry.DeletedOn is null).Select(entry => entry.Address)];
    }

    private List<StaleWrap> StaleWraps()
    {
        if (!_log.IsWritable)
            throw StoreErrors.ReadOnly(_options.Path, _options.StoreName);
        _log.CatchUp();
        LogState state = _log.State;
        lock (state.Index.Gate)
        {
            return [.. from entry in state.Index.All
                       from version in entry.Versions
                       where !version.IsDestroyed && version.WrapEpoch != state.Keys.CurrentEpoch
                       select new StaleWrap(entry.Address, entry.DeletedOn is not null, version.Version)];
        }
    }
}
