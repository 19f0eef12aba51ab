namespace Secrets;

/// <summary>Makes frames durable. Runs under the store's lock.</summary>
internal sealed class LogWriter(EncryptedFileOptions options, IRollbackAnchor anchor, ChainHasher hasher)
{
    private readonly Reserve _reserve = new(options);
    private bool _anchorFailed;

    /// <summary>Whether something that was to be overwritten could not be, and the next commit has to try again.</summary>
    internal bool OwesErasure { get; private set; }

    /// <summary>Whether space behind the last frame may be this writer's.</summary>
    internal bool HasReserved => _reserve.IsMade;

    /// <summary>Whether something was overwritten that no sync has followed yet.</summary>
    internal bool HasUnsyncedErasures { get; private set; }

    /// <summary>Writes, syncs, applies, anchors, in this order.</summary>
    internal void Write(LogState state, FrameBuilder builder)
    {
        state.EnsureDirectoryIsSynced(options.Files);
        uint epoch = state.Keys.CurrentEpoch;
        BuiltFrame frame = builder.Build(state.Keys, state.Chain, hasher);
        long position = state.End;
        try
        {
            state.File.Write(frame.Bytes, position);
            _reserve.NoteWritten(state.File, position + frame.Bytes.Length, frame.Bytes.Length);
            state.File.Sync();
            HasUnsyncedErasures = false;
        }
        catch
        {
            _reserve.GiveUp();
            CutBack(state, position);
            throw;
        }

        lock (state.Index.Gate)
        {
            if (frame.Header.KeySetLength > 0)
                state.NoteKeySet(frame.Header, frame.Bytes, position);
            state.Applier.Apply(frame.Directory, position + frame.Header.BlobsOffset, position + frame.Header.ErasableOffset, epoch);
            state.End = position + frame.Header.Length;
            state.Sequence = frame.Header.Sequence;
            frame.Chain.CopyTo(state.Chain);
            state.NotePassed(state.Sequence);
            state.IsHeadSettled = true;
            state.NoteKnown();
        }

        AdvanceAnchor(state);
    }

    /// <summary>
    /// Overwrites what shredded versions and removed slots were opened with. Done after the commit that says so, and again on open if a crash came
    /// between.
    /// </summary>
    /// <param name="state">The file.</param>
    /// <param name="again">Whether it failed before: then zeros that are read may be ones that never reached the medium.</param>
    internal static void Erase(LogState state, bool again)
    {
        if (Overwrite(state, again))
            state.File.Sync();
        Forget(state);
    }

    /// <summary>
    /// The same for what went because something newer came, which nobody waits for: the next commit's sync makes it durable, or closing does, and
    /// opening repeats what a power failure undid. A failure is told once, and the next commit tries again.
    /// </summary>
    internal void EraseUnsynced(LogState state)
    {
        try
        {
            HasUnsyncedErasures |= Overwrite(state, always: false);
            Forget(state);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            OwesErasure = true;
            options.Warn(FileErrors.From(failure, "Overwriting what newer versions replaced", options.Path, options.StoreName));
        }
    }

    /// <summary>Overwrites as <see cref="Erase"/> does. The commit that says so is durable and stands, so a failure is an answer and not an exception.</summary>
    /// <returns>What to tell whoever wanted it gone; null if it is gone.</returns>
    internal SecretException? TryErase(LogState state)
    {
        try
        {
            Erase(state, again: OwesErasure);
            OwesErasure = false;
            return null;
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            OwesErasure = true;
            return StoreErrors.NotOverwritten(options.Path, options.StoreName, failure);
        }
    }

    /// <summary>
    /// Only for what is on the medium, and under the store's lock. The anchor lags when it cannot be written; that is told once, and the commit,
    /// which is durable, stands. It stays where it is while a rollback is not accepted.
    /// </summary>
    internal void AdvanceAnchor(LogState state)
    {
        if (state.IsUnaccepted && !IsAcceptedElsewhere(state))
            return;
        try
        {
            anchor.Write(state.Keys.StoreId, AnchorRecord.Encode(state.Head, state.Keys));
            _anchorFailed = false;
        }
        catch (SecretException failure)
        {
            if (!_anchorFailed)
                options.Warn(failure);
            _anchorFailed = true;
        }
    }

    // Another process accepted the file while this one warned of it: then the anchor names a commit of it.
    private bool IsAcceptedElsewhere(LogState state)
    {
        try
        {
            bool isAccepted = anchor.Read(state.Keys.StoreId) is { } bytes
                && AnchorRecord.TryDecode(bytes.Span, state.Keys) is { } anchored && state.HasPassed(anchored);
            state.IsUnaccepted = !isAccepted;
            return isAccepted;
        }
        catch (SecretException)
        {
            // It was told when the file was opened, and the next commit asks again.
            return false;
        }
    }

    // After a failed write or sync nobody knows what is on the medium. If cutting fails too, the next commit meets the tail and settles it.
    private void CutBack(LogState state, long position)
    {
        try
        {
            state.File.SetLength(position);
            state.File.Sync();
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            options.Warn(FileErrors.From(failure, "Cutting back a failed write", options.Path, options.StoreName));
        }
    }

    private static bool Overwrite(LogState state, bool always)
    {
        bool wrote = false;
        foreach (long position in state.Applier.Erasures)
            wrote |= Overwrite(state.File, position, PutBody.ShareLength, always);
        foreach ((long position, int length) in state.StaleRoots)
            wrote |= Overwrite(state.File, position, length, always);
        return wrote;
    }

    private static void Forget(LogState state)
    {
        state.Applier.Erasures.Clear();
        state.StaleRoots.Clear();
    }

    private static bool Overwrite(IStoreFile file, long position, int length, bool always)
    {
        byte[] bytes = new byte[length];
        file.Read(bytes, position);
        if (!always && !bytes.AsSpan().ContainsAnyExcept((byte)0))
            return false;
        bytes.AsSpan().Clear();
        file.Write(bytes, position);
        return true;
    }
}
