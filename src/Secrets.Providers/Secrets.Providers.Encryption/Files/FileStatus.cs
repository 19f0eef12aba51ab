using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Secrets;

/// <summary>
/// What <c>statx</c> tells of a file, and only as much as is asked for; its layout is the same on every architecture of Linux, and elsewhere nothing is
/// known. .NET's own calls always ask for the times, too, and whoever asked for those makes the next write of the file note a new one: that is a
/// change of metadata, which the sync of that write then brings to the medium before the caller goes on.
/// </summary>
internal static class FileStatus
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint InodeWanted = 0x100;
    private const uint LengthWanted = 0x200;
    private const int StatusLength = 256;
    private const int InodeOffset = 32;
    private const int LengthOffset = 40;
    private const int DeviceOffset = 136;
    private const int NoSuchFile = 2;

    // An old C library has no statx.
    private static volatile bool _isMissing = !OperatingSystem.IsLinux();

    /// <summary>Device and inode of an open file; null if they cannot be had.</summary>
    internal static FileIdentity? IdentityOf(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        return TryAsk(file, InodeWanted, status) ? Identity(status) : null;
    }

    /// <summary>Device and inode of what a path names, a link itself and not its target; null if they cannot be had.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isMissing">Whether nothing is there.</param>
    internal static FileIdentity? IdentityAt(string path, out bool isMissing)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        isMissing = false;
        try
        {
            if (_isMissing)
                return null;
            if (NativeMethods.Status(CurrentDirectory, path, DoNotFollow, InodeWanted, ref MemoryMarshal.GetReference(status)) == 0)
                return Identity(status);
            isMissing = Marshal.GetLastPInvokeError() == NoSuchFile;
            return null;
        }
        catch (EntryPointNotFoundException)
        {
            _isMissing = true;
            return null;
        }
    }

    /// <summary>The length of an open file.</summary>
    internal static long LengthOf(SafeFileHandle file)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        return TryAsk(file, LengthWanted, status) ? MemoryMarshal.Read<long>(status[LengthOffset..]) : RandomAccess.GetLength(file);
    }

    private static bool TryAsk(SafeFileHandle file, uint wanted, Span<byte> status)
    {
        try
        {
            return !_isMissing && NativeMethods.Status(file, "", EmptyPath, wanted, ref MemoryMarshal.GetReference(status)) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            _isMissing = true;
            return false;
        }
    }

    private static FileIdentity Identity(ReadOnlySpan<byte> status) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(status[DeviceOffset..]), MemoryMarshal.Read<ulong>(status[InodeOffset..]));
}
