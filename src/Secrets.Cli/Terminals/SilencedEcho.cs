using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Secrets.Cli.Terminals;

/// <summary>
/// Switches the terminal's echo off until disposed, and discards what was typed before. .NET switches it off only while it reads a key, so that what
/// is typed or pasted between two keys would be seen.
/// </summary>
internal sealed partial class SilencedEcho : IDisposable
{
    private const int StandardInput = 0;
    private const int FlushThenSet = 2;
    private const uint Echo = 0x8;

    // Larger than the termios of every system; the local flags are its fourth field, of 4 bytes on Linux and of 8 on macOS.
    private const int TermiosSize = 256;
    private static readonly int LocalFlags = OperatingSystem.IsMacOS() ? 24 : 12;

    private readonly byte[] _before;
    private readonly PosixSignalRegistration[] _signals;

    private SilencedEcho(byte[] before)
    {
        _before = before;
        // Whoever gives up here gets a terminal back that shows what is typed.
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, _ => Restore()))];
    }

    /// <summary>Null where standard input is no terminal whose echo could be switched off.</summary>
    public static SilencedEcho? Begin()
    {
        byte[] settings = new byte[TermiosSize];
        if (GetAttributes(StandardInput, settings) != 0)
            return null;
        SilencedEcho silenced = new([.. settings]);
        Span<byte> flags = settings.AsSpan(LocalFlags, sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(flags, BinaryPrimitives.ReadUInt32LittleEndian(flags) & ~Echo);
        if (SetAttributes(StandardInput, FlushThenSet, settings) == 0)
            return silenced;
        silenced.Dispose();
        return null;
    }

    public void Dispose()
    {
        Restore();
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
    }

    private void Restore() => _ = SetAttributes(StandardInput, 0, _before);

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, Span<byte> settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, ReadOnlySpan<byte> settings);
}
