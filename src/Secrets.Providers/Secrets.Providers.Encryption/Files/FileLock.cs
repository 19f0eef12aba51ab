using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>
/// <c>flock</c> on a file that is open already: the lock that .NET takes when it opens a file for one process alone, without opening it anew
/// for each turn. The operating system releases it when its holder dies.
/// </summary>
internal static class FileLock
{
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const int Unlock = 8;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    /// <summary>Takes the lock if nobody has it.</summary>
    /// <returns>Whether it was taken; null if this file cannot be locked so.</returns>
    internal static bool? TryTake(SafeFileHandle file)
    {
        if (NativeMethods.Lock(file, Exclusive | DoNotWait) == 0)
            return true;
        return Marshal.GetLastPInvokeError() is WouldBlock or Interrupted ? false : null;
    }

    /// <summary>Gives it back.</summary>
    internal static void Release(SafeFileHandle file) => _ = NativeMethods.Lock(file, Unlock);
}
