using System.Runtime.InteropServices;

namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>
/// A disk in memory that knows what was synced. After a power failure it holds what was; of the rest it keeps as much as the test says: nothing,
/// everything, or any sectors at random, with the length grown or not. Names count as files do: an unsynced directory may have the old name.
/// </summary>
internal sealed class SimulatedDisk : IFileOperations
{
    private const int Sector = 512;
    private readonly Dictionary<string, Content> _names = [];
    private readonly Dictionary<string, Content> _durableNames = [];
    private readonly Lock _gate = new();

    internal Action<string>? OnCall { get; set; }

    /// <summary>Whether whoever writes to it makes space ahead with its first commit, as a real writer does after some.</summary>
    internal bool ReservesAtOnce { get; init; }

    public IStoreFile Open(string path, bool writable) => Do(writable ? "open-writable" : "open", () => new Handle(this, Get(path)));

    public IStoreFile OpenKey(string path, out UnixFileMode mode)
    {
        mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return Open(path, writable: false);
    }

    public IStoreFile CreateNew(string path) => Do("create", () =>
    {
        if (!_names.TryAdd(path, new Content()))
            throw new IOException("File exists", 17);
        return new Handle(this, _names[path]);
    });

    public IStoreFile? TryOpenExclusive(string path) => Do("lock", () =>
    {
        _names.TryAdd(path, new Content());
        if (_names[path].IsLocked)
            return null;
        _names[path].IsLocked = true;
        return new Handle(this, _names[path], isExclusive: true);
    });

    public ILockFile LockAt(string path) => new LockFile(this, path);

    public bool Exists(string path) => Do("exists", () => _names.ContainsKey(path));

    public IReadOnlyList<string> List(string directory, string prefix) =>
        Do("list", () => _names.Keys.Where(path => Path.GetDirectoryName(path) == directory && Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal)).ToList());

    public void Replace(string from, string to) => Do("replace", () =>
    {
        _names[to] = Get(from);
        return _names.Remove(from);
    });

    public void MoveNew(string from, string to) => Do("move", () =>
    {
        if (!_names.TryAdd(to, Get(from)))
            throw new IOException("File exists", 17);
        return _names.Remove(from);
    });

    public bool IsAt(IStoreFile file, string path) => Do("is-at", () => _names.TryGetValue(path, out Content? content) && ((Handle)file).Content == content);

    public void Delete(string path) => Do("delete", () => _names.Remove(path));

    public void CreateDirectory(string directory) => OnCall?.Invoke("before-create-directory");

    // Of that directory alone: a name that was made in another one is as likely to be lost as before.
    public void SyncDirectory(string directory) => Do("sync-directory", () =>
    {
        foreach (string path in _durableNames.Keys.Where(path => Path.GetDirectoryName(path) == directory).ToList())
            _durableNames.Remove(path);
        foreach ((string path, Content content) in _names.Where(name => Path.GetDirectoryName(name.Key) == directory))
            _durableNames[path] = content;
        return true;
    });

    /// <summary>The disk after a power failure now.</summary>
    /// <param name="random">Decides for each unsynced sector and length whether it made it; null: none did.</param>
    /// <param name="keepAll">Everything made it, as after a kill.</param>
    internal SimulatedDisk Fail(Random? random, bool keepAll = false)
    {
        SimulatedDisk after = new() { ReservesAtOnce = ReservesAtOnce };
        foreach (string? directory in _names.Keys.Concat(_durableNames.Keys).Select(Path.GetDirectoryName).Distinct())
        {
            bool namesMadeIt = keepAll || random?.Next(2) == 1;
            foreach ((string path, Content content) in (namesMadeIt ? _names : _durableNames).Where(name => Path.GetDirectoryName(name.Key) == directory))
                after._names[path] = after._durableNames[path] = content.After(random, keepAll);
        }

        return after;
    }

    internal byte[] BytesOf(string path) => [.. _names[path].Bytes];

    /// <summary>Puts bytes in a file's place behind everybody's back.</summary>
    internal void Overwrite(string path, ReadOnlySpan<byte> bytes)
    {
        _names[path] = _durableNames[path] = new Content(bytes);
    }

    /// <summary>Changes bytes of a file in place, behind the back of who has it open.</summary>
    internal void Change(string path, long position, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
            _names[path].Bytes[(int)position + i] = bytes[i];
    }

    /// <summary>Makes a file shorter behind everybody's back, as another process does with a torn tail or with its reserve.</summary>
    internal void Cut(string path, int length)
    {
        lock (_gate)
        {
            List<byte> bytes = _names[path].Bytes;
            if (bytes.Count > length)
                bytes.RemoveRange(length, bytes.Count - length);
        }
    }

    /// <summary>Makes a file longer behind everybody's back.</summary>
    internal void Append(string path, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _names[path].Bytes.AddRange(bytes);
        }
    }

    /// <summary>Gives a file other bytes behind the back of who has it open.</summary>
    internal void Change(string path, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            _names[path].Bytes.Clear();
            _names[path].Bytes.AddRange(bytes);
        }
    }

    private Content Get(string path) => _names.TryGetValue(path, out Content? content) ? content : throw new FileNotFoundException("No such file", path);

    private T Do<T>(string call, Func<T> act)
    {
        OnCall?.Invoke("before-" + call);
        T result;
        lock (_gate)
        {
            result = act();
        }

        OnCall?.Invoke("after-" + call);
        return result;
    }

    private sealed class Content
    {
        private byte[] _durable;

        internal Content(ReadOnlySpan<byte> bytes = default)
        {
            _durable = bytes.ToArray();
            Bytes = [.. _durable];
        }

        internal List<byte> Bytes { get; }

        internal bool IsLocked { get; set; }

        internal void Sync() => _durable = [.. Bytes];

        internal Content After(Random? random, bool keepAll)
        {
            byte[] kept = keepAll ? [.. Bytes] : random is null ? _durable : Mix(random);
            return new Content(kept);
        }

        // Sector by sector the old or the new; a sector that never made it in a file that grew reads as zeros.
        private byte[] Mix(Random random)
        {
            int length = random.Next(2) == 0 ? _durable.Length : random.Next(3) == 0 ? Bytes.Count : random.Next(Math.Min(_durable.Length, Bytes.Count), Math.Max(_durable.Length, Bytes.Count) + 1);
            byte[] mixed = new byte[length];
            for (int start = 0; start < length; start += Sector)
            {
                int end = Math.Min(start + Sector, length);
                bool made = random.Next(2) == 0;
                for (int i = start; i < end; i++)
                    mixed[i] = made && i < Bytes.Count ? Bytes[i] : i < _durable.Length ? _durable[i] : (byte)0;
            }

            return mixed;
        }
    }

    private sealed class Handle(SimulatedDisk disk, Content content, bool isExclusive = false) : IStoreFile
    {
        internal Content Content => content;

        public long GetLength() => disk.Do("length", () => content.Bytes.Count);

        public int Read(Span<byte> buffer, long position)
        {
            byte[] read = new byte[buffer.Length];
            int count = disk.Do("read", () =>
            {
                int available = (int)Math.Clamp(content.Bytes.Count - position, 0, read.Length);
                content.Bytes.CopyTo((int)Math.Min(position, content.Bytes.Count), read, 0, available);
                return available;
            });
            read.AsSpan(0, count).CopyTo(buffer);
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes, long position)
        {
            byte[] written = bytes.ToArray();
            try
            {
                disk.Do("write", () => Put(written, position));
            }
            catch (DiskFullException)
            {
                lock (disk._gate)
                {
                    Put(written.AsSpan(0, written.Length / 2), position);
                }

                throw;
            }
        }

        public void SetLength(long length) => disk.Do("set-length", () =>
        {
            if (content.Bytes.Count > length)
                content.Bytes.RemoveRange((int)length, content.Bytes.Count - (int)length);
            return true;
        });

        public void Sync() => disk.Do("sync", () =>
        {
            content.Sync();
            return true;
        });

        public void Dispose()
        {
            if (isExclusive)
                content.IsLocked = false;
        }

        private bool Put(ReadOnlySpan<byte> written, long position)
        {
            int length = content.Bytes.Count;
            if (length < position + written.Length)
            {
                CollectionsMarshal.SetCount(content.Bytes, (int)position + written.Length);
                CollectionsMarshal.AsSpan(content.Bytes)[length..].Clear();
            }

            written.CopyTo(CollectionsMarshal.AsSpan(content.Bytes)[(int)position..]);
            return true;
        }
    }

    private sealed class LockFile(SimulatedDisk disk, string path) : ILockFile
    {
        private IStoreFile? _held;

        public bool TryTake() => (_held = disk.TryOpenExclusive(path)) is not null;

        public void Release() => Dispose();

        public void Dispose()
        {
            _held?.Dispose();
            _held = null;
        }
    }
}
