namespace Secrets;

/// <summary>What the keeper of a store does now and then: look at it, verify it, compact it, rotate its key.</summary>
/// <remarks>Safe to use from any thread, while the store is in use.</remarks>
public sealed class EncryptedFileMaintenance
{
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
                state.Keys.StoreId, state.Header.Generation, state.Sequence, state.Keys.CurrentEpoch, state.Index.Count, state.End, state.Applier.LiveBytes);
        }
    }

    /// <summary>Each time that somebody accepted a rollback or fork of this store; compaction keeps them.</summary>
    /// <returns>Oldest first.</returns>
    public IReadOnlyList<AcceptedRollback> GetAcceptedRollbacks()
    {
        _log.CatchUp();
        return _log.State.Applier.AcceptedRollbacks;
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
