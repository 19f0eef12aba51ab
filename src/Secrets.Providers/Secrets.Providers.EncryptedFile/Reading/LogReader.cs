namespace Secrets;

/// <summary>
/// Reads frames from a place on, checks header, chain and seals, and applies them. Opening a store and following another process are the same
/// reading from different places.
/// </summary>
internal sealed class LogReader(LogState state, ChainHasher hasher)
{
    // Below this, starting threads costs more than they save.
    private const int ParallelFrames = 32;

    // Enough of what follows a frame to see whether anything does.
    private const int Mark = 8;
    private readonly List<VerifiedFrame> _batch = [];

    /// <summary>Reads all whole frames up to a length, and looks at everything that stands behind them.</summary>
    internal TailState ReadTo(long length) => Read(new FileWindow(state.File, length), isNew: true);

    /// <summary>Reads what was added to a file that was looked at before: space that was reserved there is taken for empty if it begins so.</summary>
    internal TailState ReadOn(long length) => Read(new FileWindow(state.File, length, FileWindow.SmallCapacity), isNew: false);

    private TailState Read(FileWindow window, bool isNew)
    {
        while (true)
        {
            TailState? tail = ReadBatch(window, isNew);
            Apply();
            if (tail is { } end)
                return end;
        }
    }

    // Verifies the chain, which is serial, over the frames that fit the window at once. Frames of the batch lie in the window, which looking further
    // would refill: they are applied first, and the rest is met again.
    private TailState? ReadBatch(FileWindow window, bool isNew)
    {
        long position = state.End;
        while (position < window.Length)
        {
            if (window.Holds(position) < Math.Min(FrameHeader.Size, window.Length - position) && _batch.Count > 0)
                return null;
            ReadOnlySpan<byte> head = window.At(position, FrameHeader.Size).Span;
            if (head.IsEmpty)
                break;
            if (!FrameHeader.TryDecode(head, out FrameHeader header) || position + header.Length > window.Length)
                return Inspect(window, position, isNew);
            int wanted = (int)Math.Min(header.Length + Mark, window.Length - position);
            if (window.Holds(position) < wanted && _batch.Count > 0)
                return null;
            ReadOnlyMemory<byte> bytes = window.At(position, wanted);
            if (bytes.Length < header.Length)
                continue;
            ReadOnlyMemory<byte> frame = bytes[..header.Length];
            if (!IsNext(header, frame.Span) || (IsLast(bytes.Span[header.Length..]) && IsHalfWritten(header, frame.Span, position)))
                return Inspect(window, position, isNew);
            if (header.KeySetLength > 0)
                state.NoteKeySet(header, frame.Span, position);
            _batch.Add(new VerifiedFrame(header, frame, position));
            Advance(header, frame.Span, position);
            position += header.Length;
        }

        return TailState.Clean;
    }

    private TailState? Inspect(FileWindow window, long position, bool isNew)
    {
        if (_batch.Count > 0)
            return null;
        return !isNew && IsLast(window.At(position, Mark).Span) ? TailState.Clean : TailInspector.Inspect(state, window, position);
    }

    private static bool IsLast(ReadOnlySpan<byte> behind) => !behind[..Math.Min(Mark, behind.Length)].ContainsAnyExcept((byte)0);

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
    private static bool IsHalfWritten(in FrameHeader header, ReadOnlySpan<byte> frame, long position) =>
        header.Kind == FrameKind.Commit && TornTail.IsHalfWritten(frame, position);

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
                state.ChainPosition = position + header.ChainOffset;
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
