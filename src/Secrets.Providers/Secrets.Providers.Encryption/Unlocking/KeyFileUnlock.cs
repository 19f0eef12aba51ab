using System.Security.Cryptography;

namespace Secrets;

internal sealed class KeyFileUnlock(string path) : KeyUnlock
{
    private const UnixFileMode OthersBits =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private const int MaxFileLength = 4096;

    private readonly string _path = Path.GetFullPath(string.IsNullOrWhiteSpace(path) ? throw new ArgumentException("A key file needs a path.", nameof(path)) : path);
    private bool _created;

    public override string Label => $"key file {_path}";

    public override void Abandon()
    {
        if (_created)
            File.Delete(_path);
        _created = false;
    }

    protected override SealingKey Read()
    {
        try
        {
            using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            RefuseIfOthersCanRead(file);
            byte[] text = new byte[(int)Math.Min(file.Length, MaxFileLength)];
            file.ReadExactly(text);
            return Parse(text);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failed("key-file-missing", $"The {Label} is not there. Restore it from your backup, or point to where it is now (SECRETS_KEY_FILE).", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failed("key-file-unreadable", $"The {Label} cannot be read. Check its owner and mode: this process must be able to read it.", failure);
        }
    }

    protected override SealingKey ReadOrCreate()
    {
        if (File.Exists(_path))
            return Read();
        SealingKey key = SealingKey.Generate();
        byte[] text = KeyText.Format(key);
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (FileStream file = new(_path, options))
            {
                _created = true;
                file.Write(text);
                file.Flush(flushToDisk: true);
            }

            DirectorySync.Sync(Path.GetDirectoryName(_path)!);
            return key;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            Abandon();
            throw Failed("key-file-unwritable", $"The {Label} cannot be created. Check that its directory exists and can be written.", failure);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    // Asked of the open file, not of the path, so that nobody can swap the file in between.
    private void RefuseIfOthersCanRead(FileStream file)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file.SafeFileHandle) & OthersBits) == 0)
            return;
        throw Failed(
            "key-file-permissions",
            $"The {Label} can be read or written by other users, so it may be known to them. Make it yours alone (chmod 600), and if others could read it, replace the slot with a new key.",
            null);
    }

    private static SecretException Failed(string reason, string message, Exception? inner) =>
        new(SecretErrorCode.Unauthenticated, message, inner) { Reason = reason };
}
