namespace Secrets;

/// <summary>
/// Copies the commits that came after a snapshot behind its checkpoint, as they are: the chain goes on through the checkpoint. Most of them
/// while others write; a commit that is on the chain changes no more, except for what a shredding overwrites, which is settled at the end.
/// </summary>
internal sealed class TailCopier(LogSnapshot snapshot, LogState compacted, ChainHasher hasher)
{
    private readonly LogState _old = snapshot.State;
    private readonly byte[] _buffer = new byte[256 * 1024];
    private long _copied = snapshot.End;

    /// <summary>Up to where the old file is copied.</summary>
    internal long Copied => _copied;

    /// <summary>Copies up to a commit that is known by now, reads it back, and syncs it.</summary>
    internal void CopyTo(long end)
    {
        Copy(end);
        compacted.File.Sync();
    }

    /// <summary>Copies the rest. Under the store's lock, so that nothing comes after it.</summary>
    internal void Finish()
    {
        Copy(_old.End);
        if (!compacted.HasOnlyKnownErasures() || compacted.Sequence != _old.Sequence || !compacted.Chain.AsSpan().SequenceEqual(_old.Chain))
            throw compacted.Tampered("the compacted copy");
        // What was shredded since the snapshot was copied whole before.
        LogWriter.Erase(compacted, again: false);
        compacted.File.Sync();
    }

    private void Copy(long end)
    {
        while (_copied < end)
        {
            int read = _old.File.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, end - _copied)), _copied);
            if (read == 0)
                throw new EndOfStreamException("The file became shorter while it was copied.");
            compacted.File.Write(_buffer.AsSpan(0, read), compacted.File.GetLength());
            _copied += read;
        }

        if (new LogReader(compacted, hasher).ReadTo(compacted.File.GetLength()) != TailState.Clean)
            throw compacted.Tampered("the compacted copy");
    }
}
