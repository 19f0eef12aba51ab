using System.Runtime.InteropServices;

namespace Secrets;

/// <summary>
/// Makes a new or changed file name durable. .NET cannot open a directory, so this goes to <c>open</c> and <c>fsync</c> itself. On Windows
/// names are journalled with the file and there is nothing to do.
/// </summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    internal static void Sync(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = NativeMethods.Open(directory, ReadOnly);
        if (descriptor < 0)
            throw Failed(directory);
        try
        {
            // Some file systems have no such thing as a directory sync, and say so with EINVAL.
            if (NativeMethods.Sync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
                throw Failed(directory);
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
        }
    }

    private static IOException Failed(string directory)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"The directory '{directory}' could not be synced: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }
}
