using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// A key file. It is written under a temporary name and gets its own when it is whole and on the medium, so that a crash leaves a key or none; and
/// once it has its name it is never deleted, because from then on anybody may have made a slot with it.
/// </summary>
internal sealed class KeyFileUnlock(string path, IFileOperations files) : KeyUnlock
{
    private const string TemporarySuffix = ".creating-";
    private const int TokenBytes = 4;
    private const int MaxAttempts = 8;

    private readonly string _path = Path.GetFullPath(string.IsNullOrWhiteSpace(path) ? throw new ArgumentException("A key file needs a path.", nameof(path)) : path);

    public override string Label => $"key file {_path}";

    protected override SealingKey Read()
    {
        try
        {
            byte[] text = PrivateFile.Read(files, _path, Label, "key-file");
            if (!text.AsSpan().ContainsAnyExcept("\0 \t\r\n"u8))
                throw Failed("key-malformed", $"The {Label} is empty: whatever was writing it was stopped. Restore it from your backup; if no store was made with it yet, delete it and try again.", null);
            return Parse(text);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failed("key-file-missing", $"The {Label} is not there. Restore it from your backup, or point to where it is now (SECRETS_KEY_FILE).", failure);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw Failed("key-file-unreadable", $"The {Label} cannot be read. Check its owner and mode: this process must be able to read it.", failure);
        }
    }

    protected override SealingKey ReadOrCreate()
    {
        try
        {
            bool isOurs = CreateUnlessThere();
            SealingKey key = Read();
            Settle(isOurs);
            return key;
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            throw Failed("key-file-unwritable", $"The {Label} cannot be created. Check that its directory exists and can be written.", failure);
        }
    }

    // False if it was there, or another process was quicker.
    private bool CreateUnlessThere()
    {
        for (int attempt = 1; !files.Exists(_path); attempt++)
        {
            try
            {
                Create();
                return true;
            }
            catch (IOException) when (attempt < MaxAttempts && files.Exists(_path))
            {
                // Somebody else's has the name.
            }
            catch (FileNotFoundException) when (attempt < MaxAttempts)
            {
                // Whoever was quicker swept ours, and then took theirs away.
            }
        }

        return false;
    }

    private void Create()
    {
        using SealingKey key = SealingKey.Generate();
        byte[] text = KeyText.Format(key);
        string temporary = _path + TemporarySuffix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        using IStoreFile file = files.CreateNew(temporary);
        try
        {
            file.Write(text, 0);
            file.Sync();
            files.MoveNew(temporary, _path);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            DeleteQuietly(temporary);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    // Before a store depends on it, the key is on the medium: also one that another process made and may have died behind.
    private void Settle(bool isOurs)
    {
        string directory = Path.GetDirectoryName(_path)!;
        try
        {
            if (!isOurs)
            {
                using IStoreFile file = files.OpenKey(_path, out _);
                file.Sync();
            }

            files.SyncDirectory(directory);
        }
        catch (Exception failure) when (!isOurs && FileErrors.IsFileFailure(failure))
        {
            // Somebody's mount, which this process may only read: they answer for it.
        }

        Sweep(directory);
    }

    // The key has its name, so whoever still writes one under a temporary name finds it.
    private void Sweep(string directory)
    {
        string prefix = Path.GetFileName(_path) + TemporarySuffix;
        try
        {
            foreach (string left in files.List(directory, prefix).Where(left => IsToken(Path.GetFileName(left.AsSpan())[prefix.Length..])))
                files.Delete(left);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // What a crash left may stay: it opens nothing, and only its owner can read it.
        }
    }

    private static bool IsToken(ReadOnlySpan<char> text) => text.Length == 2 * TokenBytes && !text.ContainsAnyExcept("0123456789abcdef");

    private void DeleteQuietly(string temporary)
    {
        try
        {
            files.Delete(temporary);
        }
        catch (Exception failure) when (FileErrors.IsFileFailure(failure))
        {
            // Swept by the next one.
        }
    }

    private static SecretException Failed(string reason, string message, Exception? inner) =>
        new(SecretErrorCode.Unauthenticated, message, inner) { Reason = reason };
}
