using System.Runtime.InteropServices;

namespace Secrets;

/// <summary>
/// Passes every key of this process's terminal on to a child's, as it is: the child's terminal echoes and makes signals of Ctrl-C. Disposing
/// puts the terminal back.
/// </summary>
internal sealed unsafe partial class RawInput : IDisposable
{
    private const int OpaqueSize = 256;
    private const int Now = 0;
    private const short Readable = 1;
    private const int LookEvery = 100;

    private readonly byte[] _before = new byte[OpaqueSize];
    private readonly NativeTerminal _terminal;
    private readonly Thread _thread;
    private volatile bool _done;

    internal RawInput(NativeTerminal terminal)
    {
        _terminal = terminal;
        byte[] raw = new byte[OpaqueSize];
        _ = tcgetattr(0, _before);
        _before.CopyTo(raw, 0);
        cfmakeraw(raw);
        _ = tcsetattr(0, Now, raw);
        _thread = new Thread(Pass) { IsBackground = true, Name = "secrets-keys" };
        _thread.Start();
    }

    public void Dispose()
    {
        _done = true;
        _thread.Join();
        _ = tcsetattr(0, Now, _before);
    }

    // Looks before it reads, so that it does not take a key that is meant for whoever has the terminal next.
    private void Pass()
    {
        byte* buffer = stackalloc byte[4096];
        while (!_done)
        {
            PollEntry entry = new() { Descriptor = 0, Events = Readable };
            if (poll(&entry, 1, LookEvery) <= 0) continue;
            nint length = read(0, buffer, 4096);
            if (length <= 0) return;
            try
            {
                _terminal.Write(new ReadOnlySpan<byte>(buffer, (int)length));
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    [LibraryImport("libc")]
    private static partial int tcgetattr(int descriptor, byte[] settings);

    [LibraryImport("libc")]
    private static partial int tcsetattr(int descriptor, int when, byte[] settings);

    [LibraryImport("libc")]
    private static partial void cfmakeraw(byte[] settings);

    [LibraryImport("libc")]
    private static partial int poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport("libc")]
    private static partial nint read(int descriptor, byte* buffer, nuint length);
}
