namespace Secrets;

/// <summary>One open file and all that is known of it. A compaction, or a file that was replaced, begins a new one.</summary>
internal sealed class LogState : IDisposable
{
    private const int HistoryLength = 256;

    private readonly HashSet<long> _erasedShares = [];
    private readonly Queue<ChainHead> _recent = new();
    private bool _directoryIsSynced;
    private long _knownEnd = StoreHeader.Length;

    internal LogState(IStoreFile file, string path, string storeName, StoreHeader header, byte[] headerBytes, KeyHierarchy keys, ChainHead? anchored, ChainHead? known = null)
    {
        File = file;
        Path = path;
        StoreName = storeName;
        Header = header;
        Keys = keys;
        Sequence = header.BaseSequence;
        Chain = header.Generation == 0 ? header.BaseChain.ToArray() : ChainHasher.CheckpointStart(headerBytes, keys.Mac);
        InCheckpoint = header.Generation > 0;
        End = StoreHeader.Length;
        Applier = new LogApplier(Index);
        Anchored = anchored is null ? null : new RememberedHead(anchored);
        Known = known is null ? null : new RememberedHead(known);
        if (!InCheckpoint)
            NotePassed(0);
    }

    internal IStoreFile File { get; }

    internal string Path { get; }

    internal string StoreName { get; }

    internal StoreHeader Header { get; }

    internal KeyHierarchy Keys { get; }

    internal SecretIndex Index { get; } = new();

    internal LogApplier Applier { get; }

    /// <summary>Where the next frame goes.</summary>
    internal long End { get; set; }

    /// <summary>The last commit.</summary>
    internal ulong Sequence { get; set; }

    /// <summary>The chain hash after it; changed in place.</summary>
    internal byte[] Chain { get; }

    internal bool InCheckpoint { get; set; }

    /// <summary>Whether the file held more than frames and empty space when it was opened, which the next writer has to look through and to cut off.</summary>
    internal bool IsTailUnsettled { get; set; }

    internal ulong CheckpointFrames { get; set; }

    /// <summary>The key set in force; null if it does not decode, which only one that a newer set replaced may do.</summary>
    internal KeySet? CurrentKeySet { get; private set; }

    /// <summary>Sealed root keys of sets that are no longer in force.</summary>
    internal List<(long Position, int Length)> StaleRoots { get; } = [];

    /// <summary>What the anchor said when the file was opened.</summary>
    internal RememberedHead? Anchored { get; }

    /// <summary>What this process knew of the store before it opened this file.</summary>
    internal RememberedHead? Known { get; }

    /// <summary>Whether the file was compared with what is remembered, and may be used.</summary>
    internal bool IsAdmitted { get; set; }

    /// <summary>Whether the file is used although it is older than remembered or a fork, and nobody has accepted that: then nothing of it is anchored.</summary>
    internal bool IsUnaccepted { get; set; }

    /// <summary>Whether the last commit stays: who wrote a commit whose sync failed takes it back, and others may have read it meanwhile.</summary>
    internal bool IsHeadSettled { get; set; }

    /// <summary>Where the chain hash of the last frame stands.</summary>
    internal long ChainPosition { get; set; }

    /// <summary>The last commit that stays, whatever becomes of the one after it: a writer goes on only behind what it has synced.</summary>
    internal ChainHead SettledHead => IsHeadSettled || _recent.Count < 2 ? Head : _recent.ElementAt(_recent.Count - 2);

    /// <summary>What a file that takes this one's place must come by; nothing, if this one itself is not accepted.</summary>
    internal ChainHead? Vouched => IsUnaccepted ? null : SettledHead;

    /// <summary>Whether there is something that was shredded or removed and may not be overwritten yet.</summary>
    internal bool HasErasures => StaleRoots.Count > 0 || Applier.Erasures.Count > 0;

    private (long Position, int Length) KeySetRoots { get; set; }

    internal ChainHead Head => new(Sequence, Chain.AsSpan().ToArray());

    /// <summary>Heads that an anchor may still name after a compaction has cut off the chain before them.</summary>
    internal IReadOnlyList<ChainHead> RecentHistory() => [.. Applier.History.Concat(_recent).TakeLast(HistoryLength)];

    /// <summary>Whether the chain has come by a head lately.</summary>
    internal bool HasPassed(ChainHead head) => RecentHistory().Any(passed => passed.Sequence == head.Sequence && passed.Chain.AsSpan().SequenceEqual(head.Chain));

    /// <summary>Whether the last frame that was read is still in the file, unless it is known to stay.</summary>
    internal bool HoldsHead()
    {
        if (IsHeadSettled)
            return true;
        Span<byte> chain = stackalloc byte[FrameHeader.ChainLength];
        return File.Read(chain, ChainPosition) == chain.Length && chain.SequenceEqual(Chain);
    }

    /// <summary>Notes that all frames up to <see cref="End"/> are in the index.</summary>
    internal void NoteKnown() => Volatile.Write(ref _knownEnd, End);

    /// <summary>
    /// Looks at what stands behind the frames that are in the index; from any thread. Not behind those that were read: whoever finds nothing here
    /// must find all that was there in the index.
    /// </summary>
    internal LogTail LookBehind()
    {
        long end = Volatile.Read(ref _knownEnd);
        Span<byte> mark = stackalloc byte[8];
        int read = File.Read(mark, end);
        if (read == 0)
            return File.GetLength() < end ? LogTail.Shorter : LogTail.Same;
        // A frame never begins with zeros.
        return mark[..read].ContainsAnyExcept((byte)0) ? LogTail.Longer : LogTail.Same;
    }

    /// <summary>
    /// Makes the file's name durable, once, before the first commit: whoever created or replaced the file may have died before doing so, and a
    /// commit is worth nothing in a file that a power failure takes from its name.
    /// </summary>
    internal void EnsureDirectoryIsSynced(IFileOperations files)
    {
        if (!_directoryIsSynced)
            files.SyncDirectory(System.IO.Path.GetDirectoryName(Path)!);
        _directoryIsSynced = true;
    }

    /// <summary>Notes that the chain has come to a commit.</summary>
    internal void NotePassed(ulong sequence)
    {
        if (_recent.Count == HistoryLength)
            _recent.Dequeue();
        _recent.Enqueue(new ChainHead(sequence, Chain.AsSpan().ToArray()));
        // What a file begins with was synced before it got its name.
        IsHeadSettled = sequence == Header.BaseSequence;
        Anchored?.Compare(sequence, Chain);
        Known?.Compare(sequence, Chain);
    }

    /// <summary>Takes the key set of a frame that stands on the chain. Its sealed roots are gone if a newer set followed.</summary>
    internal void NoteKeySet(in FrameHeader header, ReadOnlySpan<byte> frame, long position)
    {
        ReadOnlySpan<byte> open = frame.Slice(header.KeySetOffset, header.KeySetLength);
        int length = KeySet.ErasableLengthOf(open);
        KeySet? keySet = KeySet.TryDecode(open, frame.Slice(header.ErasableOffset, header.ErasableLength));
        if (length < 0 || (keySet is not null && !Keys.TryAdopt(keySet.Epochs)))
            throw Tampered($"the key set of commit {header.Sequence}");
        if (KeySetRoots.Length > 0)
            StaleRoots.Add(KeySetRoots);
        CurrentKeySet = keySet;
        KeySetRoots = (position + header.ErasableOffset, length);
    }

    internal void NoteErasedShares(List<long>? positions) => _erasedShares.UnionWith(positions ?? []);

    /// <summary>Whether each share that does not match its digest is one that was shredded.</summary>
    internal bool HasOnlyKnownErasures()
    {
        _erasedShares.ExceptWith(Applier.Erasures);
        return _erasedShares.Count == 0;
    }

    internal SecretException Tampered(string what) => StoreErrors.Tampered(what, Path, StoreName);

    public void Dispose() => File.Dispose();
}
