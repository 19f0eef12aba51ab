using System.Security.Cryptography;

namespace Secrets.Testing;

/// <summary>
/// Makes secret values that occur nowhere else: wherever one is found, it leaked. They are long enough that no accident makes one, and plainly
/// no real keys.
/// </summary>
public static class Canary
{
    /// <summary>A unique text: <c>canary-</c> and 32 hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public static string Text() => "canary-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>A unique text with characters that JSON, XML, URLs, shells and connection strings write differently.</summary>
    /// <returns>The text.</returns>
    public static string Awkward() => Text() + "\"'&<>%\\ $`;=\u00e9\n" + Text();

    /// <summary>A unique value.</summary>
    /// <returns>The value.</returns>
    public static SecretValue Value() => SecretValue.FromString(Text());

    /// <summary>Unique bytes that are not text.</summary>
    /// <param name="count">How many; 16 at least.</param>
    /// <returns>The bytes; the first is 0xFF, which UTF-8 never has.</returns>
    public static byte[] Bytes(int count = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 16);
        byte[] bytes = RandomNumberGenerator.GetBytes(count);
        bytes[0] = 0xFF;
        return bytes;
    }
}
