using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>File modes, for code that has refused Windows already.</summary>
internal static class UnixModes
{
    internal static UnixFileMode Get(string path) => OperatingSystem.IsWindows() ? throw NotHere() : File.GetUnixFileMode(path);

    internal static void Set(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) throw NotHere();
        File.SetUnixFileMode(path, mode);
    }

    internal static UnixFileMode Get(SafeFileHandle file) => OperatingSystem.IsWindows() ? throw NotHere() : File.GetUnixFileMode(file);

    internal static void Set(SafeFileHandle file, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) throw NotHere();
        File.SetUnixFileMode(file, mode);
    }

    internal static void CreateDirectory(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) throw NotHere();
        Directory.CreateDirectory(path, mode);
    }

    /// <summary>A new file, which must not be there yet, also not as a link.</summary>
    internal static FileStream CreateFile(string path, UnixFileMode mode) => OperatingSystem.IsWindows()
        ? throw NotHere()
        : new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode, BufferSize = 0 });

    private static PlatformNotSupportedException NotHere() => new("Windows has no file modes.");
}
