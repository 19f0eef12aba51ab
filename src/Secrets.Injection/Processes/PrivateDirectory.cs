using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// A directory of one run, in memory where there is one, for its files. A lock says that the run lives; one whose lock can be taken belonged to
/// a run that was killed, and is removed by the next.
/// </summary>
internal sealed class PrivateDirectory : IDisposable
{
    private const string Prefix = "secrets-run-";
    private const string LockName = ".lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    private readonly FileStream _lock;

    private PrivateDirectory(string directory, FileStream @lock)
    {
        Root = directory;
        _lock = @lock;
    }

    /// <summary>The directory with the lock, which goes with the run.</summary>
    internal string Root { get; }

    /// <summary>Where the files go, below it.</summary>
    internal string FilesPath => Path.Combine(Root, "secrets");

    internal static PrivateDirectory Create(string? parent = null)
    {
        parent ??= Parent();
        Sweep(parent);
        string directory = Path.Combine(parent, Prefix + RandomNumberGenerator.GetHexString(16, lowercase: true));
        UnixModes.CreateDirectory(directory, OwnerOnly);
        return new PrivateDirectory(directory, Lock(directory));
    }

    public void Dispose()
    {
        if (Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
        _lock.Dispose();
    }

    private static string Parent()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(runtime) && Directory.Exists(runtime)) return runtime;
        return Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    }

    private static FileStream Lock(string directory) => new(Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static void Sweep(string parent)
    {
        foreach (string directory in Directory.EnumerateDirectories(parent, Prefix + "*"))
        {
            try
            {
                // Between its making and its lock a directory looks abandoned.
                if (!File.Exists(Path.Combine(directory, LockName)) && DateTime.UtcNow - Directory.GetCreationTimeUtc(directory) < Settling) continue;
                using FileStream taken = Lock(directory);
                Directory.Delete(directory, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It lives, or is another user's.
            }
        }
    }
}
