using System.Runtime.InteropServices;

namespace Secrets;

/// <summary>What .NET's file API lacks: replacing a link by another in one step, and making a directory's entries durable.</summary>
internal static partial class NativeFiles
{
    private const int ReadOnly = 0;

    /// <summary>rename(2): the new name is replaced at once, also where it is a link to a directory (which File.Move would move into).</summary>
    internal static void Rename(string from, string to)
    {
        if (rename(from, to) != 0) throw Failed("rename", to);
    }

    /// <summary>fsync(2) of a directory: its entries survive a crash of the machine.</summary>
    internal static void FlushDirectory(string path)
    {
        int descriptor = open(path, ReadOnly);
        if (descriptor < 0) throw Failed("open", path);
        try
        {
            if (fsync(descriptor) != 0) throw Failed("fsync", path);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    internal static void ChangeOwner(string path, uint user, uint group)
    {
        if (lchown(path, user, group) != 0) throw Failed("chown", path);
    }

    // The number as HResult, as .NET's own file API has it.
    private static IOException Failed(string call, string path)
    {
        int number = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(number)}", number);
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int rename(string from, string to);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint user, uint group);
}
