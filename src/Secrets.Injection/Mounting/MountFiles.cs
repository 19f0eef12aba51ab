namespace Secrets;

/// <summary>
/// Every call by which a mount changes the file system, and nothing else: tests make each one fail, in each way that it can. Paths are full.
/// </summary>
/// <param name="beforeCall">Told of each call before it is made; what it throws is what the call throws.</param>
internal sealed class MountFiles(Action<string>? beforeCall)
{
    /// <summary>What is in a directory, by name.</summary>
    internal Dictionary<string, FileSystemInfo> List(string directory)
    {
        beforeCall?.Invoke("list");
        return new DirectoryInfo(directory).EnumerateFileSystemInfos().ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    internal void CreateDirectory(string path, UnixFileMode mode)
    {
        beforeCall?.Invoke("mkdir");
        UnixModes.CreateDirectory(path, mode);
    }

    /// <summary>A new file, which must not be there yet, also not as a link. The caller writes it and closes it.</summary>
    internal FileStream CreateFile(string path, UnixFileMode mode)
    {
        beforeCall?.Invoke("open");
        return UnixModes.CreateFile(path, mode);
    }

    internal void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        beforeCall?.Invoke("write");
        file.Write(bytes);
    }

    internal UnixFileMode ModeOf(FileStream file)
    {
        beforeCall?.Invoke("stat");
        return UnixModes.Get(file.SafeFileHandle);
    }

    internal void SetMode(FileStream file, UnixFileMode mode)
    {
        beforeCall?.Invoke("chmod");
        UnixModes.Set(file.SafeFileHandle, mode);
    }

    internal void SetMode(string path, UnixFileMode mode)
    {
        beforeCall?.Invoke("chmod");
        UnixModes.Set(path, mode);
    }

    internal void ChangeOwner(string path, (uint User, uint Group) owner)
    {
        beforeCall?.Invoke("chown");
        NativeFiles.ChangeOwner(path, owner.User, owner.Group);
    }

    internal void CreateLink(string path, string target)
    {
        beforeCall?.Invoke("symlink");
        File.CreateSymbolicLink(path, target);
    }

    internal void Rename(string from, string to)
    {
        beforeCall?.Invoke("rename");
        NativeFiles.Rename(from, to);
    }

    internal void FlushDirectory(string path)
    {
        beforeCall?.Invoke("fsync");
        NativeFiles.FlushDirectory(path);
    }

    /// <summary>Deletes a file, a link (never what it leads to), or a directory with all that is in it.</summary>
    internal void Delete(string path)
    {
        beforeCall?.Invoke("delete");
        if (new FileInfo(path).LinkTarget is not null || File.Exists(path)) File.Delete(path);
        else if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    /// <summary>Deletes what a failed write left, as far as the disk lets it: the next write sweeps the rest, and what failed is the error to tell.</summary>
    internal void DeleteIfPossible(string path)
    {
        try
        {
            Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing links to it.
        }
    }
}
