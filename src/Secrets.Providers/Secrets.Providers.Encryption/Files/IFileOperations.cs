namespace Secrets;

/// <summary>
/// Every call that a store and its key files make to the file system, and nothing else: small, so that tests can make each one fail, stop the process at it,
/// or forget what was not synced.
/// </summary>
internal interface IFileOperations
{
    /// <summary>Opens an existing file. Never follows a link at the path itself.</summary>
    IStoreFile Open(string path, bool writable);

    /// <summary>Opens a file for reading, through links, as those who mount keys and passphrases lay them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Its mode, asked of the open file; what its owner may do only, where there are no modes.</param>
    IStoreFile OpenKey(string path, out UnixFileMode mode);

    /// <summary>Creates a file that was not there, mode 0600.</summary>
    IStoreFile CreateNew(string path);

    /// <summary>Opens or creates a file for this process alone; null while another holds it. The holder's death releases it.</summary>
    IStoreFile? TryOpenExclusive(string path);

    /// <summary>The lock file of that path; nothing is opened before it is taken.</summary>
    ILockFile LockAt(string path);

    bool Exists(string path);

    /// <summary>The files in a directory whose names begin so.</summary>
    IReadOnlyList<string> List(string directory, string prefix);

    /// <summary>Puts one file in another's place, in one step.</summary>
    void Replace(string from, string to);

    /// <summary>Gives a file its name, in one step; fails if the name is taken.</summary>
    void MoveNew(string from, string to);

    /// <summary>Whether the open file is the one that the path names now, as far as the file system tells.</summary>
    bool IsAt(IStoreFile file, string path);

    /// <summary>How the file at a path looks from outside; null if there is none.</summary>
    FileStamp? StampOf(string path);

    void Delete(string path);

    /// <summary>Makes a directory, and those above it, if they are not there; mode 0700.</summary>
    void CreateDirectory(string directory);

    /// <summary>Makes names in a directory durable.</summary>
    void SyncDirectory(string directory);
}
