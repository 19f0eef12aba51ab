using System.Security.Cryptography;

namespace Secrets;

/// <summary>A small file that is known to its owner alone: a key, a passphrase. One that others can read or write is refused.</summary>
internal static class PrivateFile
{
    internal const int MaxLength = 64 * 1024;

    private const UnixFileMode OthersBits =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads it to its end, or its first 64 KiB; it may be a pipe.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="path">The file.</param>
    /// <param name="label">What it is, for people.</param>
    /// <param name="kind">What the reason of a refusal begins with.</param>
    /// <returns>The bytes; the caller zeroes them.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.Unauthenticated"/>: others can read or write it.</exception>
    internal static byte[] Read(IFileOperations files, string path, string label, string kind)
    {
        using IStoreFile file = files.OpenKey(path, out UnixFileMode mode);
        if ((mode & OthersBits) != 0)
        {
            throw new SecretException(
                SecretErrorCode.Unauthenticated,
                $"The {label} can be read or written by other users, so it may be known to them. Make it yours alone (chmod 600), and if others could read it, replace its slot with a new one.")
            {
                Reason = $"{kind}-permissions",
            };
        }

        byte[] buffer = new byte[MaxLength];
        byte[] bytes = buffer[..file.Read(buffer, 0)];
        CryptographicOperations.ZeroMemory(buffer);
        return bytes;
    }
}
