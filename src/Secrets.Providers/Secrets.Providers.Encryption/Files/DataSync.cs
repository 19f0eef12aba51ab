using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>
/// Puts a file's bytes, and of its metadata only what it takes to find them again, on the medium: <c>fdatasync</c> on Linux, which has nothing to
/// write but the bytes where the file does not grow. Elsewhere what .NET does to flush a file.
/// </summary>
internal static class DataSync
{
    private const int Interrupted = 4;

    internal static void Sync(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (NativeMethods.SyncData(file) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error != Interrupted)
                throw new IOException($"A file could not be synced: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }
    }
}
