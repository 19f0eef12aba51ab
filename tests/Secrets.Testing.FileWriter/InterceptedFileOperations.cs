namespace Secrets.Testing.FileWriter;

/// <summary>File operations that tell of each step before and after it; whoever listens may throw, or end the process.</summary>
internal sealed class InterceptedFileOperations(IFileOperations inner, Action<FileStep> onStep) : IFileOperations
{
    /// <summary>How many bytes of each write get through before the step "after half of it" is told; that step is a <see cref="FileCall.Write"/> too.</summary>
    internal bool TearsWrites { get; set; }

    public IStoreFile Open(string path, bool writable) => new InterceptedFile(this, Do(FileCall.Open, path, () => inner.Open(path, writable)), path);

    public IStoreFile OpenKey(string path, out UnixFileMode mode)
    {
        UnixFileMode found = default;
        IStoreFile file = Do(FileCall.Open, path, () => inner.OpenKey(path, out found));
        mode = found;
        return new InterceptedFile(this, file, path);
    }

    public IStoreFile CreateNew(string path) => new InterceptedFile(this, Do(FileCall.Create, path, () => inner.CreateNew(path)), path);

    public IStoreFile? TryOpenExclusive(string path) =>
        Do(FileCall.Lock, path, () => inner.TryOpenExclusive(path)) is { } file ? new InterceptedFile(this, file, path) : null;

    public ILockFile LockAt(string path) => new InterceptedLock(this, inner.LockAt(path), path);

    public bool Exists(string path) => Do(FileCall.Exists, path, () => inner.Exists(path));

    public IReadOnlyList<string> List(string directory, string prefix) => Do(FileCall.List, directory, () => inner.List(directory, prefix));

    public void Replace(string from, string to) => Do(FileCall.Replace, to, () => inner.Replace(from, to));

    public void MoveNew(string from, string to) => Do(FileCall.MoveNew, to, () => inner.MoveNew(from, to));

    public bool IsAt(IStoreFile file, string path) => Do(FileCall.IsAt, path, () => inner.IsAt(((InterceptedFile)file).Inner, path));

    public FileStamp? StampOf(string path) => Do(FileCall.Stamp, path, () => inner.StampOf(path));

    public void Delete(string path) => Do(FileCall.Delete, path, () => inner.Delete(path));

    public void CreateDirectory(string directory) => Do(FileCall.CreateDirectory, directory, () => inner.CreateDirectory(directory));

    public void SyncDirectory(string directory) => Do(FileCall.SyncDirectory, directory, () => inner.SyncDirectory(directory));

    private void Do(FileCall call, string path, Action act) => Do(call, path, () =>
    {
        act();
        return true;
    });

    private T Do<T>(FileCall call, string path, Func<T> act)
    {
        onStep(new FileStep(call, path, IsBefore: true));
        T result = act();
        onStep(new FileStep(call, path, IsBefore: false));
        return result;
    }

    private sealed class InterceptedFile(InterceptedFileOperations owner, IStoreFile inner, string path) : IStoreFile
    {
        internal IStoreFile Inner => inner;

        public long GetLength() => owner.Do(FileCall.GetLength, path, inner.GetLength);

        public int Read(Span<byte> buffer, long position)
        {
            byte[] bytes = new byte[buffer.Length];
            int read = owner.Do(FileCall.Read, path, () => inner.Read(bytes, position));
            bytes.AsSpan(0, read).CopyTo(buffer);
            return read;
        }

        public void Write(ReadOnlySpan<byte> bytes, long position)
        {
            byte[] copy = bytes.ToArray();
            if (owner.TearsWrites && copy.Length > 1)
            {
                owner.Do(FileCall.Write, path, () => inner.Write(copy.AsSpan(0, copy.Length / 2), position));
                copy = copy[(copy.Length / 2)..];
                position += bytes.Length / 2;
            }

            owner.Do(FileCall.Write, path, () => inner.Write(copy, position));
        }

        public void SetLength(long length) => owner.Do(FileCall.SetLength, path, () => inner.SetLength(length));

        public void Sync() => owner.Do(FileCall.Sync, path, inner.Sync);

        public void Dispose() => inner.Dispose();
    }

    private sealed class InterceptedLock(InterceptedFileOperations owner, ILockFile inner, string path) : ILockFile
    {
        public bool TryTake() => owner.Do(FileCall.Lock, path, inner.TryTake);

        public void Release() => inner.Release();

        public void Dispose() => inner.Dispose();
    }
}
