namespace Secrets;

/// <summary>Decides whether a file may be used that is older than remembered, or a fork. Used by who holds the follower's gate.</summary>
internal sealed class RollbackGuard(EncryptedFileOptions options, LogWriter writer, StoreLock storeLock, bool isWritable)
{
    private volatile bool _hasAccepted;

    /// <summary>Whether a rollback would be accepted, which is written into the file and therefore needs the store's lock.</summary>
    internal bool MayAccept => options.RollbackPolicy == RollbackPolicy.AcceptOnce && isWritable && !_hasAccepted;

    /// <summary>Whether a rollback is refused: by policy, or because one was accepted already.</summary>
    internal bool Refuses => options.RollbackPolicy == RollbackPolicy.Fail || _hasAccepted;

    /// <summary>Takes the store's lock if a file that is to be opened now may have to be accepted.</summary>
    internal StoreLock.Held? LockToAccept() => MayAccept ? storeLock.Acquire() : null;

    /// <summary>Admits a file, once: as it should be, with a warning, or on record in the file itself.</summary>
    /// <param name="state">The file, read to its end. If it may have to be accepted, under the store's lock.</param>
    /// <param name="before">The file that it takes the place of; null if it is the first that was opened.</param>
    /// <exception cref="SecretException">It is refused.</exception>
    internal void Admit(LogState state, LogState? before)
    {
        if (state.IsAdmitted)
            return;
        SecretException? found = RollbackCheck.Find(state, before);
        if (found is null && RollbackCheck.IsTooOld(state))
            options.Warn(StoreErrors.AnchorTooOld(state.Path, state.Anchored!.Head.Sequence, state.StoreName));
        else if (found is not null)
            Judge(state, before, found);
        state.IsAdmitted = true;
    }

    private void Judge(LogState state, LogState? before, SecretException found)
    {
        if (Refuses)
            throw found;
        if (options.RollbackPolicy == RollbackPolicy.AcceptOnce && !isWritable)
            throw before is null ? StoreErrors.ReadOnly(state.Path, state.StoreName) : found;
        options.Warn(found);
        if (MayAccept)
            Accept(state);
        else
            state.IsUnaccepted = true;
    }

    private void Accept(LogState state)
    {
        FrameBuilder frame = new(FrameKind.Commit, state.Sequence + 1);
        new AcceptRollbackMutation(RollbackCheck.NewestSeen(state), options.TimeProvider).Stage(state, frame);
        writer.Write(state, frame);
        _hasAccepted = true;
    }
}
