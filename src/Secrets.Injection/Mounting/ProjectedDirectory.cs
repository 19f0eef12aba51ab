using System.Globalization;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// One directory of secret files in the kubelet's layout. All files are in a directory of their own, named after the time; <c>..data</c> links to
/// it; each visible name links through <c>..data</c>. A change writes a new directory and swaps the one link, so a reader sees all old or all
/// new files.
/// </summary>
/// <remarks>Every step leaves something from which the next write, of this process or another, goes on: see <see cref="Sweep"/>. Not safe for concurrent use.</remarks>
internal sealed class ProjectedDirectory(string path, SecretMountOptions options)
{
    internal const string DataLink = "..data";
    private const string NewDataLink = "..data_tmp";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly Dictionary<string, DateTimeOffset> _replacedOn = new(StringComparer.Ordinal);
    private readonly List<string> _created = [];

    internal string FullPath { get; } = path;

    private string Data => Path.Combine(FullPath, DataLink);

    /// <summary>Writes the files. Nothing is visible before all of them are durable with their modes.</summary>
    /// <returns>False if they were there already, byte by byte.</returns>
    internal bool Write(IReadOnlyList<ProjectedFile> files)
    {
        CreateDirectories();
        HashSet<string> visible = [.. files.Select(static file => file.Path.Split('/')[0])];
        RefuseForeign(visible);
        string? current = CurrentGeneration();
        Sweep(current);
        bool changed = current is null || !Holds(current, files);
        if (changed)
        {
            string generation = WriteGeneration(files);
            Swap(generation);
            if (current is not null) _replacedOn[current] = options.TimeProvider.GetUtcNow();
        }

        Link(visible);
        NativeFiles.FlushDirectory(FullPath);
        return changed;
    }

    /// <summary>Removes generations that were replaced long enough ago.</summary>
    /// <returns>True if some are still there.</returns>
    internal bool RemovePrevious()
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        foreach ((string generation, DateTimeOffset replaced) in _replacedOn.ToArray())
        {
            if (now - replaced < options.KeepPrevious) continue;
            Delete(Path.Combine(FullPath, generation));
            _replacedOn.Remove(generation);
        }

        return _replacedOn.Count > 0;
    }

    /// <summary>Removes everything that was written here, and the directories that were made for it, if nothing else is in them.</summary>
    internal void Remove()
    {
        if (!Directory.Exists(FullPath)) return;
        foreach (FileSystemInfo entry in new DirectoryInfo(FullPath).EnumerateFileSystemInfos())
        {
            if (IsOurLink(entry) || entry.Name is DataLink or NewDataLink || IsGeneration(entry)) Delete(entry.FullName);
        }

        foreach (string directory in Enumerable.Reverse(_created))
        {
            if (Directory.Exists(directory) && !Directory.EnumerateFileSystemEntries(directory).Any()) Directory.Delete(directory);
        }
    }

    private void CreateDirectories()
    {
        List<string> missing = [];
        for (string? at = FullPath; at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at)) missing.Add(at);
        foreach (string directory in Enumerable.Reverse(missing))
        {
            UnixModes.CreateDirectory(directory, OwnerOnly);
            SetMode(directory, OwnerOnly);
            _created.Add(directory);
            options.AfterStep?.Invoke("directory made");
        }

        // A link that somebody put here before us would send the files elsewhere.
        if (new DirectoryInfo(FullPath).LinkTarget is not null)
            throw Refused("it is a link. Remove it, or mount where it leads.", "mount-link");
        if (options.RequireMemory && new DriveInfo(FullPath).DriveFormat is not ("tmpfs" or "ramfs"))
            throw Refused("it is not in memory, and SecretMountOptions.RequireMemory asks for that. Use $XDG_RUNTIME_DIR or /dev/shm.", "mount-not-memory");
    }

    private void RefuseForeign(HashSet<string> visible)
    {
        foreach (string name in visible.Append(DataLink))
        {
            FileInfo entry = new(Path.Combine(FullPath, name));
            bool there = entry.Exists || entry.LinkTarget is not null || Directory.Exists(entry.FullName);
            bool ours = name == DataLink ? entry.LinkTarget is { } target && target.StartsWith("..", StringComparison.Ordinal) && !target.Contains('/', StringComparison.Ordinal) : IsOurLink(entry);
            if (there && !ours) throw Refused($"'{name}' is there already and is not a mounted secret. Remove it, or mount elsewhere.", "mount-occupied", SecretErrorCode.AlreadyExists);
        }
    }

    private string? CurrentGeneration()
    {
        string? target = new FileInfo(Data).LinkTarget;
        return target is not null && Directory.Exists(Path.Combine(FullPath, target)) ? target : null;
    }

    // What a killed writer leaves: a link that was not swapped in, directories that nothing links to.
    private void Sweep(string? current)
    {
        string stuck = Path.Combine(FullPath, NewDataLink);
        if (new FileInfo(stuck).LinkTarget is not null) File.Delete(stuck);
        foreach (DirectoryInfo generation in new DirectoryInfo(FullPath).EnumerateDirectories("..*").Where(IsGeneration))
        {
            if (generation.Name != current && !_replacedOn.ContainsKey(generation.Name)) Delete(generation.FullName);
        }
    }

    private bool Holds(string generation, IReadOnlyList<ProjectedFile> files)
    {
        string root = Path.Combine(FullPath, generation);
        string[] there = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file))];
        return there.Length == files.Count && files.All(file =>
            there.Contains(file.Path, StringComparer.Ordinal)
            && UnixModes.Get(Path.Combine(root, file.Path)) == file.Mode
            && SecretValue.FromBytes(File.ReadAllBytes(Path.Combine(root, file.Path))) == file.Content);
    }

    private string WriteGeneration(IReadOnlyList<ProjectedFile> files)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"..{options.TimeProvider.GetUtcNow():yyyy_MM_dd_HH_mm_ss}.{RandomNumberGenerator.GetInt32(1_000_000_000):D9}");
        string root = Path.Combine(FullPath, name);
        try
        {
            MakeDirectory(root);
            options.AfterStep?.Invoke("generation made");
            foreach (ProjectedFile file in files)
            {
                string target = Path.Combine(root, file.Path);
                for (string below = ""; file.Path.IndexOf('/', below.Length + 1) is > 0 and int slash;)
                {
                    below = file.Path[..slash];
                    if (!Directory.Exists(Path.Combine(root, below))) MakeDirectory(Path.Combine(root, below));
                }

                WriteFile(target, file);
            }

            foreach (string directory in Directory.EnumerateDirectories(root, "*", SearchOption.AllDirectories).Append(root)) NativeFiles.FlushDirectory(directory);
            options.AfterStep?.Invoke("generation flushed");
            return name;
        }
        catch
        {
            Delete(root);
            throw;
        }
    }

    private void MakeDirectory(string directory)
    {
        UnixModes.CreateDirectory(directory, OwnerOnly);
        SetMode(directory, OwnerOnly);
    }

    private void WriteFile(string target, ProjectedFile file)
    {
        byte[] bytes = file.Content.RevealBytes();
        try
        {
            using (FileStream stream = UnixModes.CreateFile(target, file.Mode))
            {
                options.AfterStep?.Invoke("file made");
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            options.AfterStep?.Invoke("file written");
            SetMode(target, file.Mode);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    // A file system that ignores modes (a shared folder of a virtual machine) would show the secret to everyone: read the mode back.
    private void SetMode(string target, UnixFileMode mode)
    {
        if (UnixModes.Get(target) != mode) UnixModes.Set(target, mode);
        if (options.Owner is { } owner) NativeFiles.ChangeOwner(target, owner.User, owner.Group);
        if (UnixModes.Get(target) != mode)
            throw Refused("its file system does not keep file modes, so others could read the secret. Mount on another one.", "mount-mode");
    }

    private void Swap(string generation)
    {
        string next = Path.Combine(FullPath, NewDataLink);
        File.CreateSymbolicLink(next, generation);
        options.AfterStep?.Invoke("new link made");
        NativeFiles.Rename(next, Data);
        options.AfterStep?.Invoke("link swapped");
        NativeFiles.FlushDirectory(FullPath);
    }

    private void Link(HashSet<string> visible)
    {
        foreach (string name in visible)
        {
            string link = Path.Combine(FullPath, name);
            if (new FileInfo(link).LinkTarget is not null) continue;
            File.CreateSymbolicLink(link, $"{DataLink}/{name}");
            options.AfterStep?.Invoke("name linked");
        }

        foreach (FileSystemInfo entry in new DirectoryInfo(FullPath).EnumerateFileSystemInfos())
        {
            if (!IsOurLink(entry) || visible.Contains(entry.Name)) continue;
            File.Delete(entry.FullName);
            options.AfterStep?.Invoke("name unlinked");
        }
    }

    private static bool IsOurLink(FileSystemInfo entry) => entry.LinkTarget is { } target && target == $"{DataLink}/{entry.Name}";

    private static bool IsGeneration(FileSystemInfo entry) =>
        entry is DirectoryInfo && entry.LinkTarget is null && entry.Name.StartsWith("..2", StringComparison.Ordinal) && entry.Name.Contains('.', StringComparison.Ordinal);

    private static void Delete(string target)
    {
        if (new FileInfo(target).LinkTarget is not null || File.Exists(target)) File.Delete(target);
        else if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
    }

    private SecretException Refused(string problem, string reason, SecretErrorCode code = SecretErrorCode.InvalidArgument) =>
        new(code, $"The secrets cannot be mounted at '{FullPath}': {problem}") { Reason = reason };
}
