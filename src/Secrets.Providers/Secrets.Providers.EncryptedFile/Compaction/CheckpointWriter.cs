namespace Secrets;

/// <summary>Writes a snapshot as the head of a new file: header, then checkpoint frames of about a megabyte.</summary>
internal sealed class CheckpointWriter(LogSnapshot snapshot, IStoreFile target, ChainHasher hasher)
{
    private readonly byte[] _chain = new byte[FrameHeader.ChainLength];
    private ulong _frames;
    private long _end;

    /// <summary>Writes all; the target is not synced yet.</summary>
    /// <returns>The header, decoded and as bytes.</returns>
    internal (StoreHeader Header, byte[] Bytes) Write(CancellationToken cancellationToken)
    {
        LogState state = snapshot.State;
        StoreHeader header = state.Header with { Generation = state.Header.Generation + 1, BaseSequence = snapshot.Head.Sequence, BaseChain = snapshot.Head.Chain };
        byte[] headerBytes = header.Encode(state.Keys.Mac);
        target.Write(headerBytes, 0);
        _end = headerBytes.Length;
        ChainHasher.CheckpointStart(headerBytes, state.Keys.Mac).CopyTo(_chain, 0);

        FrameBuilder frame = new(FrameKind.Checkpoint, ++_frames);
        frame.SetKeySet(snapshot.KeySet);
        WriteStore(frame.Directory);
        foreach (SecretSnapshot secret in snapshot.Secrets)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteSecret(secret, frame.Directory);
            foreach (VersionSnapshot version in secret.Versions)
            {
                WriteVersion(version, frame);
                if (frame.RoughLength >= FrameBuilder.WantedLength)
                    frame = Flush(frame, FrameKind.Checkpoint);
            }
        }

        Flush(frame, FrameKind.Checkpoint);
        Flush(new FrameBuilder(FrameKind.CheckpointEnd, _frames), FrameKind.CheckpointEnd);
        return (header, headerBytes);
    }

    private void WriteStore(DirectoryWriter directory)
    {
        directory.Begin(OperationCode.Store).Add(snapshot.VersionFloor).Add((uint)snapshot.History.Count);
        foreach (ChainHead head in snapshot.History)
            directory.Add(head.Sequence).Add(head.Chain);
        directory.End();
        foreach (AcceptedRollback accepted in snapshot.AcceptedRollbacks)
            AcceptRollbackMutation.Write(directory, accepted);
        if (snapshot.Retention is { } retention)
            RetentionMutation.Write(directory, retention);
    }

    private static void WriteSecret(in SecretSnapshot secret, DirectoryWriter directory)
    {
        directory.Begin(OperationCode.State).Add(secret.Address).Add(secret.CurrentVersion).Add(secret.NextVersion);
        directory.Add(secret.DeletedOn is null ? (byte)0 : (byte)1);
        if (secret.DeletedOn is { } deletedOn)
            directory.Add(UnixTicks.Of(deletedOn));
        directory.End();
    }

    private void WriteVersion(in VersionSnapshot version, FrameBuilder frame)
    {
        byte[] body = version.Entry.Body.Bytes.ToArray();
        byte flags = (byte)(version.Entry.Body.Flags & PutBody.PendingFlag);
        if (flags != 0 && !version.IsPending)
            flags |= PutBody.PromotedFlag;
        if (version.IsDestroyed)
        {
            PutBody.SetFlags(body, (byte)(flags | PutBody.DestroyedFlag));
            PutBody.SetKey(body, new byte[PutBody.DataKeyHalfLength], new byte[PutBody.ShareDigestLength]);
            frame.Put(body, default, default);
            return;
        }

        PutBody.SetFlags(body, flags);
        byte[] blob = new byte[version.Entry.BlobLength];
        byte[] share = new byte[PutBody.ShareLength];
        if (snapshot.State.File.Read(blob, version.Entry.BlobPosition) < blob.Length
            || snapshot.State.File.Read(share, version.Entry.SharePosition) < share.Length)
            throw snapshot.State.Tampered("the record of a version");
        frame.Put(body, blob, share);
    }

    private FrameBuilder Flush(FrameBuilder frame, FrameKind kind)
    {
        BuiltFrame built = frame.Build(snapshot.State.Keys, _chain, hasher);
        target.Write(built.Bytes, _end);
        _end += built.Bytes.Length;
        built.Chain.CopyTo(_chain);
        return new FrameBuilder(FrameKind.Checkpoint, kind == FrameKind.CheckpointEnd ? 0 : ++_frames);
    }
}
