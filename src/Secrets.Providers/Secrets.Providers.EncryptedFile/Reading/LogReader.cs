namespace Secrets;

/// <summary>
/// Reads frames from a place on, checks header, chain and seals, and applies them. Opening a store and following another process are the same
/// reading from different places.
/// </summary>
internal sealed class LogReader(LogState state, ChainHasher hasher)
{
    // Below this, starting threads costs more than they save.
    private const int ParallelFrames = 32;
    private readonly List<VerifiedFrame> _batch = [];

    /// <summary>Reads all whole frames up to a length.</summary>
    internal TailState ReadTo(long length)
    {
        FileWindow window = new(state.File, length);
        while (state.End < length)
        {
            TailState tail = ReadBatch(window);
            Apply();
            if (tail != TailState.Clean)
                return tail;
        }

        return TailState.Clean;
    }

    // Verifies the chain, which is serial, over the frames that fit the window at once.
    private TailState ReadBatch(FileWindow window)
    {
        long start = state.End;
        ReadOnlyMemory<byte> bytes = window.At(start, FrameHeader.Size);
        int offset = 0;
        while (start + offset < window.Length)
        {
            ReadOnlyMemory<byte> rest = bytes[offset..];
            if (rest.Length < FrameHeader.Size && start + offset + rest.Length < window.Length)
                return TailState.Clean;
            if (!FrameHeader.TryDecode(rest.Span, out FrameHeader header))
                return Inspect(window, start + offset);
            if (rest.Length < header.Length)
            {
                if (start + offset + header.Length > window.Length)
                    return Inspect(window, start + offset);
                if (_batch.Count > 0)
                    return TailState.Clean;
                bytes = window.At(start + offset, header.Length);
                start += offset;
                offset = 0;
                continue;
            }

            ReadOnlyMemory<byte> frame = rest[..header.Length];
            if (!IsNext(header, frame.Span) || IsHalfWritten(header, frame.Span, start + offset, window.Length))
                return Inspect(window, start + offset);
            if (header.KeySetLength > 0)
                state.NoteKeySet(header, frame.Span, start + offset);
            _batch.Add(new VerifiedFrame(header, frame, start + offset));
            Advance(header, frame.Span, start + offset);
            offset += header.Length;
        }

        return TailState.Clean;
    }

    // Frames of the batch still lie in the window, which looking further would refill: they are applied first, and the rest is met again.
    private TailState Inspect(FileWindow window, long position) =>
        _batch.Count > 0 ? TailState.Clean : TailInspector.Inspect(state, window, position);

    private bool IsNext(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        bool isExpected = state.InCheckpoint
            ? header.Kind != FrameKind.Commit && header.Sequence == state.CheckpointFrames + 1
            : header.Kind == FrameKind.Commit && header.Sequence == state.Sequence + 1;
        if (!isExpected)
            return false;
        Span<byte> chain = stackalloc byte[FrameHeader.ChainLength];
        hasher.Hash(state.Chain, frame[..header.ChainOffset], chain);
        return System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(chain, frame.Slice(header.ChainOffset, FrameHeader.ChainLength));
    }

    // The chain covers a frame up to its erasable part. Of the last one a power failure may have left all but the sectors of that part, which
    // nothing has overwritten yet: only a commit that follows says what is to be erased.
    private static bool IsHalfWritten(in FrameHeader header, ReadOnlySpan<byte> frame, long position, long fileLength) =>
        header.Kind == FrameKind.Commit && position + header.Length == fileLength && TornTail.HasUnwrittenSector(frame, position);

    private void Advance(in FrameHeader header, ReadOnlySpan<byte> frame, long position)
    {
        state.End = position + header.Length;
        switch (header.Kind)
        {
            case FrameKind.Checkpoint:
                state.CheckpointFrames++;
                frame.Slice(header.ChainOffset, FrameHeader.ChainLength).CopyTo(state.Chain);
                break;
            case FrameKind.CheckpointEnd:
                // From here on the chain of commits goes on where the compaction took it.
                state.CheckpointFrames++;
                state.InCheckpoint = false;
                state.Header.BaseChain.Span.CopyTo(state.Chain);
                state.NotePassed(state.Sequence);
                break;
            default:
                state.Sequence = header.Sequence;
                frame.Slice(header.ChainOffset, FrameHeader.ChainLength).CopyTo(state.Chain);
                state.NotePassed(header.Sequence);
                break;
        }
    }

    private void Apply()
    {
        if (_batch.Count >= ParallelFrames)
            OpenInParallel();
        else
            _batch.ForEach(frame => frame.Open(state));
        lock (state.Index.Gate)
        {
            foreach (VerifiedFrame frame in _batch)
                frame.Apply(state);
        }

        _batch.Clear();
    }

    private void OpenInParallel()
    {
        try
        {
            Parallel.ForEach(_batch, frame => frame.Open(state));
        }
        catch (AggregateException failures) when (failures.InnerExceptions[0] is SecretException failure)
        {
            throw failure;
        }
    }
}
