using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Secrets;

/// <summary>
/// Starting a process on a terminal, and signals. posix_spawn and not fork: after a fork in a runtime with threads and a garbage collector no
/// managed code may run, and posix_spawn needs none. It makes the session, and opening the terminal in it makes it the controlling one.
/// </summary>
internal static unsafe partial class NativeProcess
{
    // The structures are opaque; the largest known one (glibc's attributes, 336 bytes) fits well.
    private const int OpaqueSize = 1024;
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const int ReadWrite = 2;
    private const int NoSuchProgram = 2;

    private static short SetSession => (short)(OperatingSystem.IsMacOS() ? 0x400 : 0x80);

    internal static void Kill(int process, int signal) => _ = kill(process, signal);

    /// <summary>Starts a process with a terminal as its input, output and error; below 0 if it cannot be.</summary>
    internal static int Spawn(ProcessStartInfo start, string terminalPath, out string? problem)
    {
        byte* actions = stackalloc byte[OpaqueSize];
        byte* attributes = stackalloc byte[OpaqueSize];
        byte* signals = stackalloc byte[OpaqueSize];
        new Span<byte>(signals, OpaqueSize).Fill(0xFF);
        byte* none = stackalloc byte[OpaqueSize];
        new Span<byte>(none, OpaqueSize).Clear();
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawnattr_init(attributes);
        try
        {
            _ = posix_spawn_file_actions_addopen(actions, 0, terminalPath, ReadWrite, 0);
            _ = posix_spawn_file_actions_adddup2(actions, 0, 1);
            _ = posix_spawn_file_actions_adddup2(actions, 0, 2);
            if (start.WorkingDirectory.Length > 0) _ = posix_spawn_file_actions_addchdir_np(actions, start.WorkingDirectory);
            // .NET ignores SIGPIPE and blocks others; a child must not inherit that.
            _ = posix_spawnattr_setsigdefault(attributes, signals);
            _ = posix_spawnattr_setsigmask(attributes, none);
            _ = posix_spawnattr_setflags(attributes, (short)(SetSignalDefaults | SetSignalMask | SetSession));
            string?[] arguments = [start.FileName, .. Arguments(start), null];
            string?[] environment = [.. start.Environment.Where(static pair => pair.Value is not null).Select(static pair => $"{pair.Key}={pair.Value}"), null];
            int error = posix_spawnp(out int process, start.FileName, actions, attributes, arguments, environment);
            problem = error == 0 ? null : error == NoSuchProgram ? "there is no such program" : Marshal.GetPInvokeErrorMessage(error);
            return error == 0 ? process : -1;
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    /// <summary>Waits for a process that <see cref="Spawn"/> started.</summary>
    internal static int Wait(int process)
    {
        const int Interrupted = 4;
        int status;
        while (waitpid(process, out status, 0) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted) return 0;
        }

        int signal = status & 0x7F;
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
    }

    // As .NET splits the one string on Unix: blanks, double quotes, backslash before a quote.
    private static List<string> Arguments(ProcessStartInfo start)
    {
        if (start.ArgumentList.Count > 0) return [.. start.ArgumentList];
        List<string> arguments = [];
        StringBuilder? current = null;
        bool quoted = false;
        for (int i = 0; i < start.Arguments.Length; i++)
        {
            char c = start.Arguments[i];
            if (c == '\\' && i + 1 < start.Arguments.Length && start.Arguments[i + 1] == '"') (current ??= new()).Append(start.Arguments[++i]);
            else if (c == '"') (quoted, current) = (!quoted, current ?? new());
            else if (c is ' ' or '\t' && !quoted)
            {
                if (current is not null) arguments.Add(current.ToString());
                current = null;
            }
            else (current ??= new()).Append(c);
        }

        if (current is not null) arguments.Add(current.ToString());
        return arguments;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int process, out int status, int options);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawnp(out int process, string file, byte* actions, byte* attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int from, int to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string path);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);
}
