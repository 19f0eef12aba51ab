using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>
/// Device and inode: whether an open file is the one that a path names. One call of a microsecond, where .NET's file status takes seven and
/// tells length and time only. From <c>statx</c>, whose layout is the same on every architecture of Linux; elsewhere nothing is known.
/// </summary>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint InodeWanted = 0x100;
    private const int StatusLength = 256;
    private const int InodeOffset = 32;
    private const int DeviceOffset = 136;
    private const int NoSuchFile = 2;

    // An old C library has no statx.
    private static volatile bool _isMissing = !OperatingSystem.IsLinux();

    /// <summary>The identity of an open file; null if it cannot be had.</summary>
    internal static FileIdentity? Of(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        try
        {
            return !_isMissing && NativeMethods.Status(file, "", EmptyPath, InodeWanted, ref MemoryMarshal.GetReference(status)) == 0 ? Read(status) : null;
        }
        catch (EntryPointNotFoundException)
        {
            _isMissing = true;
            return null;
        }
    }

    /// <summary>The identity of what a path names, a link itself and not its target; null if it cannot be had.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isMissing">Whether nothing is there.</param>
    internal static FileIdentity? At(string path, out bool isMissing)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        isMissing = false;
        try
        {
            if (_isMissing)
                return null;
            if (NativeMethods.Status(CurrentDirectory, path, DoNotFollow, InodeWanted, ref MemoryMarshal.GetReference(status)) == 0)
                return Read(status);
            isMissing = Marshal.GetLastPInvokeError() == NoSuchFile;
            return null;
        }
        catch (EntryPointNotFoundException)
        {
            _isMissing = true;
            return null;
        }
    }

    private static FileIdentity Read(ReadOnlySpan<byte> status) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(status[DeviceOffset..]), MemoryMarshal.Read<ulong>(status[InodeOffset..]));
}
