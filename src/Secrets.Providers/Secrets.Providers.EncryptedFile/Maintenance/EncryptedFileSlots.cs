namespace Secrets;

/// <summary>The ways to open a store. Any one suffices; they come and go without touching a secret.</summary>
/// <remarks>
/// Safe to use from any thread. A slot that is removed is overwritten in the file. Whoever had its key <i>and</i> a copy of the file from before
/// could open that copy, and knows the root key: rotate what they could read.
/// </remarks>
public sealed class EncryptedFileSlots
{
    private readonly EncryptedLog _log;
    private readonly EncryptedFileOptions _options;

    internal EncryptedFileSlots(EncryptedLog log, EncryptedFileOptions options)
    {
        _log = log;
        _options = options;
    }

    /// <summary>The slots there are now.</summary>
    /// <returns>At least one.</returns>
    public IReadOnlyList<UnlockSlot> List()
    {
        _log.CatchUp();
        return _log.State.CurrentKeySet!.Slots;
    }

    /// <summary>Adds a way to open the store.</summary>
    /// <param name="method">What is to open it; a key file that is not there is made, and stays if the call fails.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new slot.</returns>
    /// <exception cref="SecretException">The key cannot be had, or the store cannot be written. The slots are then what they were.</exception>
    public ValueTask<UnlockSlot> AddAsync(UnlockMethod method, CancellationToken cancellationToken = default) =>
        ChangeAsync(method, null, cancellationToken);

    /// <summary>Puts a new slot in the place of one, in one step: rotates a key file, changes a passphrase.</summary>
    /// <remarks>
    /// What the old slot held is overwritten then. If that fails, the new slot is in force all the same: <see cref="EncryptedFileOptions.OnWarning"/>
    /// hears of it (reason <c>not-overwritten</c>), and it is tried again at the next change and the next open.
    /// </remarks>
    /// <param name="id">The slot to replace.</param>
    /// <param name="method">What is to open the store instead; a key file that is not there is made, and stays if the call fails.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new slot.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.NotFound"/>: no such slot. Or the key cannot be had, or the store cannot be written.</exception>
    public ValueTask<UnlockSlot> ReplaceAsync(Guid id, UnlockMethod method, CancellationToken cancellationToken = default) =>
        ChangeAsync(method, id, cancellationToken);

    /// <summary>Removes a way to open the store, and overwrites what it held.</summary>
    /// <param name="id">The slot.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is gone from the medium.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.NotFound"/>: no such slot. <see cref="SecretErrorCode.InvalidArgument"/>, reason <c>last-slot</c>: it is the only one.
    /// <see cref="SecretErrorCode.Unavailable"/>, reason <c>not-overwritten</c>: it is removed, but what it held is still on the medium; that is tried
    /// again at the next change and the next open.
    /// </exception>
    public async ValueTask RemoveAsync(Guid id, CancellationToken cancellationToken = default) =>
        await _log.CommitAsync(
            new KeySetMutation(state =>
            {
                KeySet set = state.CurrentKeySet!;
                KeySet left = set with { Slots = [.. set.Slots.Where(slot => slot.Id != id)] };
                if (left.Slots.Count == set.Slots.Count)
                    throw StoreErrors.NoSuchSlot(id, state.StoreName);
                return left.Slots.Count > 0 ? left : throw StoreErrors.LastSlot(state.StoreName);
            }),
            cancellationToken).ConfigureAwait(false);

    private async ValueTask<UnlockSlot> ChangeAsync(UnlockMethod method, Guid? replaced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(method);
        LogState now = _log.State;
        if (!_log.IsWritable)
            throw StoreErrors.ReadOnly(_options.Path, _options.StoreName);
        if (replaced is { } missing && now.CurrentKeySet!.Slots.All(slot => slot.Id != missing))
            throw StoreErrors.NoSuchSlot(missing, now.StoreName);
        UnlockSlot added = await method.CreateSlotAsync(now.Keys, _options.TimeProvider.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        try
        {
            await _log.CommitAsync(new KeySetMutation(state => With(state, added, replaced)), cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException unfinished) when (unfinished.Reason == StoreErrors.NotOverwrittenReason)
        {
            // The new slot is in force, perhaps as the only one. A failed call would be taken for one that changed nothing, and the new key be thrown away.
            _options.Warn(unfinished);
        }

        return added;
    }

    private static KeySet With(LogState state, UnlockSlot added, Guid? replaced)
    {
        KeySet set = state.CurrentKeySet!;
        if (replaced is { } id && set.Slots.All(slot => slot.Id != id))
            throw StoreErrors.NoSuchSlot(id, state.StoreName);
        return set with { Slots = [.. set.Slots.Where(slot => slot.Id != replaced), added] };
    }
}
