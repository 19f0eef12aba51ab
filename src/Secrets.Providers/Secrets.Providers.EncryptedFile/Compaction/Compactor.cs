using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// Writes what is alive into a new file and puts that in the old one's place. Readers go on with the old file until the new one is there;
/// writers wait only while the last little of what was committed meanwhile is copied. A kill at any step leaves the old file or the new one,
/// whole.
/// </summary>
internal sealed class Compactor(EncryptedFileOptions options, LogFollower follower, StoreLock storeLock)
{
    private const string TemporarySuffix = ".compacting-";

    /// <summary>What is left to be copied while writers wait, unless they write faster than is copied.</summary>
    internal const long ShortTail = 256 * 1024;
    private const int MaxRounds = 8;

    private readonly IFileOperations _files = options.Files;

    /// <summary>Compacts.</summary>
    /// <returns>False if another process replaced the file meanwhile: then that one has compacted.</returns>
    internal bool Compact(CancellationToken cancellationToken)
    {
        LogSnapshot snapshot;
        using (follower.EnterToWrite())
        {
            // What is known here may be a commit that its writer has taken back.
            _ = follower.State;
            follower.Follow(holdsLock: false);
            snapshot = new LogSnapshot(follower.State);
        }

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
            TailCopier tail = new(snapshot, compacted, hasher);
            if (!CopyMost(snapshot.State, tail, cancellationToken))
                return false;
            using (follower.EnterToWrite())
            {
                using StoreLock.Held held = storeLock.Acquire();
                follower.Follow(holdsLock: true);
                if (follower.State != snapshot.State)
                    return false;
                tail.Finish();
                // Whoever has the old file open sees it grow by something that is no frame, looks closer, and finds the new file.
                snapshot.State.File.Write([1], snapshot.State.End);
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
        catch (Exception failure) when (!inPlace && failure is (SecretException or EndOfStreamException) && IsOutdated(snapshot))
        {
            throw StoreErrors.ChangedWhileCompacted(options.Path, options.StoreName, failure);
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
            options.Warn(FileErrors.From(failure, "Removing what an interrupted compaction left", options.Path, options.StoreName));
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
        // A share that was shredded while it was copied is explained by a commit that follows, in the tail.
        if (tail != TailState.Clean || compacted.InCheckpoint)
            throw compacted.Tampered("the compacted copy");
    }

    // While others go on writing, until so little is left that they can wait for it.
    private bool CopyMost(LogState old, TailCopier tail, CancellationToken cancellationToken)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long end;
            using (follower.EnterToWrite())
            {
                follower.Follow(holdsLock: false);
                if (follower.State != old)
                    return false;
                end = old.End;
            }

            if (end - tail.Copied <= ShortTail)
                break;
            tail.CopyTo(end);
        }

        return true;
    }

    // A commit that was being copied was taken back by its writer, whose sync failed: what was read of it is no damage.
    private bool IsOutdated(LogSnapshot snapshot)
    {
        follower.CatchUpFully();
        return follower.State != snapshot.State;
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
            options.Warn(FileErrors.From(failure, "Removing an unfinished compaction", path, options.StoreName));
        }
    }
}
