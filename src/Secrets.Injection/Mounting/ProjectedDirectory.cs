using System.Globalization;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// One directory of secret files in the kubelet's layout. All files are in a directory of their own, named after the time; <c>..data</c> links to
/// it; each visible name links through <c>..data</c>. A change writes a new directory and swaps the one link, so a reader sees all old or all
/// new files.
/// </summary>
/// <remarks>
/// Until the link is swapped a failure leaves the files as they were, and nothing of its own; from then on they are the new ones. Every step
/// leaves something from which the next write, of this process or another, goes on: see <see cref="Sweep"/>. Not safe
/// for concurrent use.
/// </remarks>
internal sealed class ProjectedDirectory(string path, SecretMountOptions options)
{
    internal const string DataLink = "..data";
    private const string NewDataLink = "..data_tmp";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly MountFiles _files = new(options.BeforeCall);
    private readonly Dictionary<string, DateTimeOffset> _replacedOn = new(StringComparer.Ordinal);
    private readonly List<string> _created = [];

    internal string FullPath { get; } = path;

    /// <summary>Writes the files. Nothing is visible before all of them are there with their modes.</summary>
    /// <returns>False if they were there already, byte by byte.</returns>
    internal bool Write(IReadOnlyList<ProjectedFile> files)
    {
        CreateDirectories();
        HashSet<string> visible = [.. files.Select(static file => file.Path.Split('/')[0])];
        Dictionary<string, FileSystemInfo> entries = _files.List(FullPath);
        RefuseForeign(visible, entries);
        string? current = CurrentGeneration(entries);
        Sweep(current, entries);
        string[] unlinked = [.. visible.Where(name => !entries.ContainsKey(name))];
        bool changed = current is null || !Holds(current, files);
        if (changed) Replace(current, files, unlinked);
        else foreach (string name in unlinked) Link(name);
        Unlink(visible, entries);
        _files.FlushDirectory(FullPath);
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
            _files.Delete(Below(generation));
            _replacedOn.Remove(generation);
        }

        return _replacedOn.Count > 0;
    }

    /// <summary>Removes everything that was written here, and the directories that were made for it, if nothing else is in them.</summary>
    internal void Remove()
    {
        if (Directory.Exists(FullPath))
        {
            foreach (FileSystemInfo entry in _files.List(FullPath).Values)
            {
                if (IsOurLink(entry) || entry.Name is DataLink or NewDataLink || IsGeneration(entry)) _files.Delete(entry.FullName);
            }
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
            _files.CreateDirectory(directory, OwnerOnly);
            _created.Add(directory);
            SecureDirectory(directory);
            options.AfterStep?.Invoke("directory made");
        }

        // A link that somebody put here before us would send the files elsewhere.
        if (new DirectoryInfo(FullPath).LinkTarget is not null)
            throw Refused("it is a link. Remove it, or mount where it leads.", "mount-link");
        if (options.RequireMemory && new DriveInfo(FullPath).DriveFormat is not ("tmpfs" or "ramfs"))
            throw Refused("it is not in memory, and SecretMountOptions.RequireMemory asks for that. Use $XDG_RUNTIME_DIR or /dev/shm.", "mount-not-memory");
    }

    private void RefuseForeign(HashSet<string> visible, Dictionary<string, FileSystemInfo> entries)
    {
        foreach (FileSystemInfo entry in entries.Values)
        {
            bool ours = entry.Name == DataLink
                ? entry.LinkTarget is { } target && target.StartsWith("..", StringComparison.Ordinal) && !target.Contains('/', StringComparison.Ordinal)
                : !visible.Contains(entry.Name) || IsOurLink(entry);
            if (!ours) throw Refused($"'{entry.Name}' is there already and is not a mounted secret. Remove it, or mount elsewhere.", "mount-occupied", SecretErrorCode.AlreadyExists);
        }
    }

    private string? CurrentGeneration(Dictionary<string, FileSystemInfo> entries) =>
        entries.TryGetValue(DataLink, out FileSystemInfo? data) && data.LinkTarget is { } target && Directory.Exists(Below(target)) ? target : null;

    // What a killed writer leaves: a link that was not swapped in, directories that nothing links to.
    private void Sweep(string? current, Dictionary<string, FileSystemInfo> entries)
    {
        foreach (FileSystemInfo entry in entries.Values)
        {
            bool stuck = entry.Name == NewDataLink && entry.LinkTarget is not null;
            if (stuck || (IsGeneration(entry) && entry.Name != current && !_replacedOn.ContainsKey(entry.Name))) _files.Delete(entry.FullName);
        }
    }

    private bool Holds(string generation, IReadOnlyList<ProjectedFile> files)
    {
        string root = Below(generation);
        HashSet<string> there = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file))];
        return there.Count == files.Count && files.All(file =>
            there.Contains(file.Path)
            && UnixModes.Get(Path.Combine(root, file.Path)) == file.Mode
            && SecretValue.FromBytes(File.ReadAllBytes(Path.Combine(root, file.Path))) == file.Content);
    }

    // The new names before the swap: they lead nowhere until it, and behind it nothing is left that could fail and leave a name out.
    private void Replace(string? current, IReadOnlyList<ProjectedFile> files, string[] unlinked)
    {
        string generation = string.Create(CultureInfo.InvariantCulture, $"..{options.TimeProvider.GetUtcNow():yyyy_MM_dd_HH_mm_ss}.{RandomNumberGenerator.GetInt32(1_000_000_000):D9}");
        try
        {
            WriteGeneration(Below(generation), files);
            foreach (string name in unlinked) Link(name);
            _files.CreateLink(Below(NewDataLink), generation);
            options.AfterStep?.Invoke("new link made");
            _files.Rename(Below(NewDataLink), Below(DataLink));
        }
        catch
        {
            foreach (string written in unlinked.Append(NewDataLink).Append(generation)) _files.DeleteIfPossible(Below(written));
            throw;
        }

        if (current is not null) _replacedOn[current] = options.TimeProvider.GetUtcNow();
        options.AfterStep?.Invoke("link swapped");
    }

    private void WriteGeneration(string root, IReadOnlyList<ProjectedFile> files)
    {
        HashSet<string> directories = new(StringComparer.Ordinal);
        MakeDirectory(root, directories);
        options.AfterStep?.Invoke("generation made");
        foreach (ProjectedFile file in files)
        {
            for (int slash = file.Path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = file.Path.IndexOf('/', slash + 1))
                MakeDirectory($"{root}/{file.Path.AsSpan(0, slash)}", directories);
            WriteFile($"{root}/{file.Path}", file);
        }

        foreach (string directory in directories) _files.FlushDirectory(directory);
        options.AfterStep?.Invoke("generation flushed");
    }

    private void MakeDirectory(string directory, HashSet<string> made)
    {
        if (!made.Add(directory)) return;
        _files.CreateDirectory(directory, OwnerOnly);
        SecureDirectory(directory);
    }

    private void WriteFile(string target, ProjectedFile file)
    {
        byte[] bytes = file.Content.RevealBytes();
        try
        {
            using FileStream stream = _files.CreateFile(target, file.Mode);
            options.AfterStep?.Invoke("file made");
            _files.Write(stream, bytes);
            options.AfterStep?.Invoke("file written");
            // The process's mask may have taken bits away.
            bool asked = _files.ModeOf(stream) == file.Mode;
            if (!asked) _files.SetMode(stream, file.Mode);
            if (options.Owner is { } owner) _files.ChangeOwner(target, owner);
            if ((!asked || options.Owner is not null) && _files.ModeOf(stream) != file.Mode) throw ModesIgnored();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private void SecureDirectory(string directory)
    {
        if (UnixModes.Get(directory) != OwnerOnly) _files.SetMode(directory, OwnerOnly);
        if (options.Owner is { } owner) _files.ChangeOwner(directory, owner);
        if (UnixModes.Get(directory) != OwnerOnly) throw ModesIgnored();
    }

    private void Link(string name)
    {
        _files.CreateLink(Below(name), $"{DataLink}/{name}");
        options.AfterStep?.Invoke("name linked");
    }

    private void Unlink(HashSet<string> visible, Dictionary<string, FileSystemInfo> entries)
    {
        foreach (FileSystemInfo entry in entries.Values)
        {
            if (visible.Contains(entry.Name) || !IsOurLink(entry)) continue;
            _files.Delete(entry.FullName);
            options.AfterStep?.Invoke("name unlinked");
        }
    }

    private string Below(string name) => $"{FullPath}/{name}";

    private static bool IsOurLink(FileSystemInfo entry) => entry.LinkTarget is { } target && target == $"{DataLink}/{entry.Name}";

    private static bool IsGeneration(FileSystemInfo entry) =>
        entry is DirectoryInfo && entry.LinkTarget is null && entry.Name.StartsWith("..2", StringComparison.Ordinal) && entry.Name.Contains('.', StringComparison.Ordinal);

    // A file system that ignores modes (a shared folder of a virtual machine) would show the secret to everyone: hence the mode is read back.
    private SecretException ModesIgnored() => Refused("its file system does not keep file modes, so others could read the secret. Mount on another one.", "mount-mode");

    private SecretException Refused(string problem, string reason, SecretErrorCode code = SecretErrorCode.InvalidArgument) =>
        new(code, $"The secrets cannot be mounted at '{FullPath}': {problem}") { Reason = reason };
}
