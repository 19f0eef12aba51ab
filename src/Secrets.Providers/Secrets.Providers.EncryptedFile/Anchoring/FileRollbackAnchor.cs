using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// Keeps anchors as small files in a directory apart from the stores: by default <c>$XDG_STATE_HOME/secrets/anchors</c>, else
/// <c>~/.local/state/secrets/anchors</c>; on Windows under the local application data.
/// </summary>
/// <remarks>
/// Each file has two places that are written in turn, so that a crash in the middle of a write leaves the one before. Whoever can write both the
/// store and this directory can roll back both together; put the anchor elsewhere if that matters. Thread-safe.
/// </remarks>
public sealed class FileRollbackAnchor : IRollbackAnchor, IDisposable
{
    // Counter (8 bytes), anchor (80), zeros, SHA-256 of all before (32).
    private const int PlaceLength = 128;
    private const int ChecksumOffset = PlaceLength - 32;

    private readonly string _directory;
    private readonly IFileOperations _files;
    private readonly Dictionary<Guid, IStoreFile> _open = [];
    private readonly Lock _gate = new();

    /// <summary>Keeps anchors in a directory.</summary>
    /// <param name="directory">The directory; made if it is not there. Null for the default.</param>
    public FileRollbackAnchor(string? directory = null)
        : this(directory, PhysicalFileOperations.Instance)
    {
    }

    internal FileRollbackAnchor(string? directory, IFileOperations files)
    {
        _directory = Path.GetFullPath(directory ?? DefaultDirectory());
        _files = files;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(Guid storeId)
    {
        string path = PathOf(storeId);
        try
        {
            if (!_files.Exists(path))
                return null;
            lock (_gate)
            {
                Span<byte> places = stackalloc byte[PlaceLength * 2];
                places.Clear();
                int newest = Newest(FileOf(storeId, path), places, out _);
                if (newest < 0 && places.ContainsAnyExcept((byte)0))
                    throw Damaged(path);
                return newest < 0 ? null : (ReadOnlyMemory<byte>?)places.Slice((newest * PlaceLength) + 8, AnchorRecord.Length).ToArray();
            }
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Reading the rollback anchor", path, "anchor");
        }
    }

    /// <inheritdoc/>
    public void Write(Guid storeId, ReadOnlySpan<byte> anchor)
    {
        string path = PathOf(storeId);
        Span<byte> places = stackalloc byte[PlaceLength * 2];
        Span<byte> place = stackalloc byte[PlaceLength];
        place.Clear();
        anchor.CopyTo(place[8..]);
        try
        {
            lock (_gate)
            {
                IStoreFile file = FileOf(storeId, path);
                int newest = Newest(file, places, out ulong counter);
                BinaryPrimitives.WriteUInt64LittleEndian(place, counter + 1);
                SHA256.HashData(place[..ChecksumOffset], place[ChecksumOffset..]);
                file.Write(place, newest == 0 ? PlaceLength : 0);
            }
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw FileErrors.From(failure, "Writing the rollback anchor", path, "anchor");
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (IStoreFile file in _open.Values)
                file.Dispose();
            _open.Clear();
        }
    }

    private static string DefaultDirectory()
    {
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "secrets", "anchors");
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(state))
            state = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".local", "state");
        return Path.Combine(state, "secrets", "anchors");
    }

    private static int Newest(IStoreFile file, Span<byte> places, out ulong counter)
    {
        int length = file.Read(places, 0);
        int newest = -1;
        counter = 0;
        Span<byte> checksum = stackalloc byte[32];
        for (int i = 0; (i + 1) * PlaceLength <= length; i++)
        {
            ReadOnlySpan<byte> place = places.Slice(i * PlaceLength, PlaceLength);
            SHA256.HashData(place[..ChecksumOffset], checksum);
            ulong found = BinaryPrimitives.ReadUInt64LittleEndian(place);
            if (!checksum.SequenceEqual(place[ChecksumOffset..]) || found <= counter)
                continue;
            counter = found;
            newest = i;
        }

        return newest;
    }

    private static SecretException Damaged(string path) => new(
        SecretErrorCode.Corrupted,
        $"The rollback anchor '{path}' is damaged and says nothing, so a rollback from before now would not be noticed. It is made anew with the next commit.")
    {
        Reason = "anchor-damaged",
        StoreName = "anchor",
    };

    private string PathOf(Guid storeId) => Path.Combine(_directory, storeId.ToString("N") + ".anchor");

    private IStoreFile FileOf(Guid storeId, string path)
    {
        if (_open.TryGetValue(storeId, out IStoreFile? file))
            return file;
        if (!_files.Exists(path))
        {
            _files.CreateDirectory(_directory);
            try
            {
                file = _files.CreateNew(path);
                _files.SyncDirectory(_directory);
            }
            catch (IOException) when (_files.Exists(path))
            {
                file = _files.Open(path, writable: true);
            }
        }
        else
        {
            file = _files.Open(path, writable: true);
        }

        _open.Add(storeId, file);
        return file;
    }
}
