using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// Writes what is alive into a new file and puts that in the old one's place. Readers go on with the old file until the new one is there;
/// writers wait only while what was committed meanwhile is copied. A kill at any step leaves the old file or the new one, whole.
/// </summary>
internal sealed class Compactor(EncryptedFileOptions options, LogFollower follower, StoreLock storeLock)
{
    private const string TemporarySuffix = ".compacting-";
    private readonly IFileOperations _files = options.Files;

    /// <summary>Compacts.</summary>
    /// <returns>False if another process replaced the file meanwhile: then that one has compacted.</returns>
    internal bool Compact(CancellationToken cancellationToken)
    {
        LogSnapshot snapshot;
        using (follower.EnterToWrite())
            snapshot = new LogSnapshot(follower.State);
        string temporary = options.Path + TemporarySuffix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        LogState? compacted = null;
        bool inPlace = false;
        IStoreFile file = _files.CreateNew(temporary);
        try
        {
            using ChainHasher hasher = new(snapshot.State.Keys.Mac);
            (StoreHeader header, byte[] headerBytes) = new CheckpointWriter(snapshot, file, hasher).Write(cancellationToken);
            compacted = new LogState(file, options.Path, options.StoreName, header, headerBytes, snapshot.State.Keys, snapshot.Head);
            // Read back before anything depends on it: a compaction must not be able to lose a store to a bad medium.
            Verify(compacted, hasher);
            file.Sync();
            using (follower.EnterToWrite())
            {
                using IDisposable held = storeLock.Acquire();
                follower.Follow(holdsLock: true);
                if (follower.State != snapshot.State)
                    return false;
                CopyTail(snapshot, compacted, hasher);
                // Whoever has the old file open sees it grow by something that is no frame, looks closer, and finds the new file.
                snapshot.State.File.Write([0], snapshot.State.End);
                _files.Replace(temporary, options.Path);
                inPlace = true;
                follower.Replace(compacted);
                compacted.EnsureDirectoryIsSynced(_files);
            }

            return true;
        }
        catch (ObjectDisposedException) when (follower.State != snapshot.State)
        {
            return false;
        }
        finally
        {
            if (!inPlace)
            {
                file.Dispose();
                DeleteQuietly(temporary);
            }
        }
    }

    /// <summary>Removes what a compaction or creation left that was killed. A file that another process has open is at work, and stays.</summary>
    internal static void Sweep(EncryptedFileOptions options)
    {
        string name = Path.GetFileName(options.Path);
        try
        {
            foreach (string path in options.Files.List(Path.GetDirectoryName(options.Path)!, name + "."))
            {
                if (IsTemporary(Path.GetFileName(path.AsSpan())[name.Length..]))
                    SweepFile(options.Files, path);
            }
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            options.OnWarning?.Invoke(FileErrors.From(failure, "Removing what an interrupted compaction left", options.Path, options.StoreName));
        }
    }

    private static bool IsTemporary(ReadOnlySpan<char> suffix) => suffix.StartsWith(TemporarySuffix) || suffix.StartsWith(StoreCreator.TemporarySuffix);

    private static void SweepFile(IFileOperations files, string path)
    {
        using IStoreFile? abandoned = files.TryOpenExclusive(path);
        if (abandoned is not null)
            files.Delete(path);
    }

    private static void Verify(LogState compacted, ChainHasher hasher)
    {
        TailState tail = new LogReader(compacted, hasher).ReadTo(compacted.File.GetLength());
        if (tail != TailState.Clean || compacted.InCheckpoint || !compacted.HasOnlyKnownErasures())
            throw compacted.Tampered("the compacted copy");
    }

    // Commits that came after the snapshot are copied as they are: the chain goes on through the checkpoint.
    private static void CopyTail(LogSnapshot snapshot, LogState compacted, ChainHasher hasher)
    {
        LogState old = snapshot.State;
        byte[] buffer = new byte[256 * 1024];
        long target = compacted.End;
        for (long position = snapshot.End; position < old.End;)
        {
            int read = old.File.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, old.End - position)), position);
            if (read == 0)
                throw new EndOfStreamException("The file became shorter while it was copied.");
            compacted.File.Write(buffer.AsSpan(0, read), target);
            position += read;
            target += read;
        }

        Verify(compacted, hasher);
        if (compacted.Sequence != old.Sequence || !compacted.Chain.AsSpan().SequenceEqual(old.Chain))
            throw compacted.Tampered("the compacted copy");
        // What was shredded since the snapshot was copied whole before.
        LogWriter.Erase(compacted);
        compacted.File.Sync();
    }

    private void DeleteQuietly(string path)
    {
        try
        {
            _files.Delete(path);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // The next open sweeps it.
            options.OnWarning?.Invoke(FileErrors.From(failure, "Removing an unfinished compaction", path, options.StoreName));
        }
    }
}
