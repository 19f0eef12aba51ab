using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>A pseudo-terminal: this side reads what the process writes to its terminal, and writes what it reads.</summary>
internal sealed unsafe partial class NativeTerminal : IDisposable
{
    private const int ReadWrite = 2;
    private const int LinuxGetSize = 0x5413;
    private const int LinuxSetSize = 0x5414;
    private const int Interrupted = 4;

    private NativeTerminal(SafeFileHandle handle, string clientPath)
    {
        Handle = handle;
        ClientPath = clientPath;
    }

    /// <summary>Whether this process itself has a terminal for input and output.</summary>
    internal static bool IsInteractive => (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && isatty(0) == 1 && isatty(1) == 1;

    /// <summary>Whether the terminal sends Ctrl-C to this process's group, and so to its children, by itself.</summary>
    internal static bool SendsInterrupts => (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()) && isatty(0) == 1 && tcgetpgrp(0) == getpgrp();

    internal SafeFileHandle Handle { get; }

    internal string ClientPath { get; }

    // Closed on exec, or the child would hold its own terminal open and never see it end.
    private static int OpenFlags => ReadWrite | (OperatingSystem.IsMacOS() ? 0x20000 | 0x1000000 : 0x100 | 0x80000);

    internal static NativeTerminal Open()
    {
        int descriptor = posix_openpt(OpenFlags);
        byte[] name = new byte[256];
        if (descriptor < 0) throw Failed();
        SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (grantpt(descriptor) != 0 || unlockpt(descriptor) != 0 || ptsname_r(descriptor, name, (nuint)name.Length) != 0)
        {
            handle.Dispose();
            throw Failed();
        }

        NativeTerminal terminal = new(handle, System.Text.Encoding.UTF8.GetString(name.AsSpan(0, Array.IndexOf(name, (byte)0))));
        terminal.CopySize();
        return terminal;
    }

    /// <summary>Reads what there is; 0 at the end.</summary>
    internal static int Read(SafeFileHandle handle, byte[] buffer)
    {
        bool added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            fixed (byte* start = buffer)
            {
                while (true)
                {
                    nint length = read((int)handle.DangerousGetHandle(), start, (nuint)buffer.Length);
                    if (length >= 0) return (int)length;
                    if (Marshal.GetLastPInvokeError() != Interrupted) return 0;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
        finally
        {
            if (added) handle.DangerousRelease();
        }
    }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        bool added = false;
        try
        {
            Handle.DangerousAddRef(ref added);
            fixed (byte* start = bytes)
            {
                for (int done = 0; done < bytes.Length;)
                {
                    nint length = write((int)Handle.DangerousGetHandle(), start + done, (nuint)(bytes.Length - done));
                    if (length > 0) done += (int)length;
                    else if (Marshal.GetLastPInvokeError() != Interrupted) throw new IOException("The terminal is closed.");
                }
            }
        }
        finally
        {
            if (added) Handle.DangerousRelease();
        }
    }

    /// <summary>Gives the terminal the size of this process's own, now and whenever that changes.</summary>
    internal IDisposable? FollowSize() => OperatingSystem.IsLinux() && isatty(1) == 1 ? PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => CopySize()) : null;

    public void Dispose() => Handle.Dispose();

    private void CopySize()
    {
        // ioctl takes its last argument as variadic; where that is passed otherwise (macOS on ARM) the size stays the default.
        if (!OperatingSystem.IsLinux() || Handle.IsClosed) return;
        byte* size = stackalloc byte[8];
        if (ioctl(1, LinuxGetSize, size) == 0) _ = ioctl((int)Handle.DangerousGetHandle(), LinuxSetSize, size);
    }

    private static IOException Failed() => new($"No pseudo-terminal can be opened: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", SetLastError = true)]
    private static partial int posix_openpt(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int grantpt(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unlockpt(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ptsname_r(int descriptor, byte[] buffer, nuint length);

    [LibraryImport("libc")]
    private static partial int isatty(int descriptor);

    [LibraryImport("libc")]
    private static partial int tcgetpgrp(int descriptor);

    [LibraryImport("libc")]
    private static partial int getpgrp();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(int descriptor, nuint request, byte* argument);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* buffer, nuint length);
}
