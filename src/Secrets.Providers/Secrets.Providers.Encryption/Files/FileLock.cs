using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>
/// <c>flock</c> on a file that is open already: the lock that .NET takes when it opens a file for one process alone, without opening it anew
/// for each turn, and without leaving it to .NET, which an environment variable keeps from it and which takes a refusal for consent. The operating
/// system releases it when its holder dies.
/// </summary>
internal static class FileLock
{
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int DoNotWait = 4;
    private const int Unlock = 8;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;

    /// <summary>Takes the lock if nobody has it.</summary>
    /// <returns>Whether it was taken; null if this file cannot be locked so.</returns>
    internal static bool? TryTake(SafeFileHandle file) => TryTake(file, Exclusive);

    /// <summary>Takes a lock that keeps exclusive ones out, if nobody has one of those.</summary>
    /// <returns>As <see cref="TryTake(SafeFileHandle)"/>.</returns>
    internal static bool? TryShare(SafeFileHandle file) => TryTake(file, Shared);

    /// <summary>Gives it back.</summary>
    internal static void Release(SafeFileHandle file) => _ = NativeMethods.Lock(file, Unlock);

    private static bool? TryTake(SafeFileHandle file, int kind)
    {
        if (NativeMethods.Lock(file, kind | DoNotWait) == 0)
            return true;
        int error = Marshal.GetLastPInvokeError();
        return error == Interrupted || error == (OperatingSystem.IsMacOS() ? WouldBlockOnMac : WouldBlock) ? false : null;
    }
}
