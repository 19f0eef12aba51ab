using System.Runtime.InteropServices;

namespace Secrets;

/// <summary>
/// Gives a file a name that nobody has, in one step. .NET's move looks first and renames then, so that of two processes at once both succeed and
/// the file of one is gone. Linux renames with <c>RENAME_NOREPLACE</c>; where a file system has no such thing, and on macOS, the file gets a second
/// name and loses the first. Windows' own move is one step.
/// </summary>
internal static class NewName
{
    private const int CurrentDirectory = -100;
    private const uint DoNotReplace = 1;
    private const int NotPermitted = 1;
    private const int NoSuchFile = 2;
    private const int AccessDenied = 13;
    private const int Exists = 17;
    private const int InvalidArgument = 22;
    private const int NoSuchCall = 38;
    private const int NotSupported = 95;
    private const int NotSupportedOnMac = 45;

    internal static void Give(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(from, to, overwrite: false);
            return;
        }

        int error = OperatingSystem.IsLinux() ? Rename(from, to) : NoSuchCall;
        if (error is InvalidArgument or NoSuchCall)
            error = Link(from, to);
        // No links either: FAT, and some that a user's process serves. There two at once are not told apart.
        if (error is NotPermitted or NotSupported or NotSupportedOnMac or NoSuchCall)
            File.Move(from, to, overwrite: false);
        else if (error != 0)
            throw Failed(error, from, to);
    }

    private static int Rename(string from, string to)
    {
        try
        {
            return NativeMethods.Rename(CurrentDirectory, from, CurrentDirectory, to, DoNotReplace) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library.
            return NoSuchCall;
        }
    }

    private static int Link(string from, string to)
    {
        if (NativeMethods.Link(from, to) != 0)
            return Marshal.GetLastPInvokeError();
        try
        {
            File.Delete(from);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // It has its name. What is left of the other is swept like anything else that a crash leaves.
        }

        return 0;
    }

    private static Exception Failed(int error, string from, string to) => error switch
    {
        NoSuchFile when !File.Exists(from) => new FileNotFoundException($"'{from}' is not there to be named '{to}'.", from),
        NoSuchFile => new DirectoryNotFoundException($"The directory of '{to}' is not there."),
        AccessDenied => new UnauthorizedAccessException($"'{from}' may not be named '{to}'."),
        Exists => new IOException($"'{to}' exists already.", error),
        _ => new IOException($"'{from}' could not be named '{to}': {Marshal.GetPInvokeErrorMessage(error)}", error),
    };
}
