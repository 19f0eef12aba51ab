using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>
/// How a key is written in a key file, an environment variable or a credential: one line, <c>secrets-key-1:</c> and 43 chars of base64url.
/// The prefix lets people and secret scanners recognise it.
/// </summary>
public static class KeyText
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "secrets-key-1:";

    private const int MaxLength = 256;

    /// <summary>Writes a key as text.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The text as UTF-8, a line feed at its end; the caller zeroes it.</returns>
    public static byte[] Format(SealingKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        byte[] text = new byte[Prefix.Length + Base64Url.GetEncodedLength(SealingKey.Length) + 1];
        Encoding.ASCII.GetBytes(Prefix, text);
        Base64Url.EncodeToUtf8(key.RevealBytes(), text.AsSpan(Prefix.Length));
        text[^1] = (byte)'\n';
        return text;
    }

    /// <summary>Reads a key from text.</summary>
    /// <param name="text">The text as UTF-8; white space around it is ignored.</param>
    /// <returns>The key, or null if the text is not one.</returns>
    public static SealingKey? TryParse(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8).TrimEnd(" \t\r\n"u8);
        if (text.Length > MaxLength || !text.StartsWith("secrets-key-1:"u8))
            return null;
        Span<byte> bytes = stackalloc byte[SealingKey.Length];
        try
        {
            ReadOnlySpan<byte> encoded = text[Prefix.Length..];
            return encoded.Length == Base64Url.GetEncodedLength(SealingKey.Length)
                && Base64Url.DecodeFromUtf8(encoded, bytes, out int consumed, out int written) == System.Buffers.OperationStatus.Done
                && consumed == encoded.Length && written == bytes.Length
                ? SealingKey.FromBytes(bytes)
                : null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
