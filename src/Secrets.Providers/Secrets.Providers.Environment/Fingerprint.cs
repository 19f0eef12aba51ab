using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>A version for values that have none: it changes when they do. Keyed anew in each process, so that it gives nothing away.</summary>
internal static class Fingerprint
{
    private const int Length = 12;
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    internal static SecretVersion Of(SecretValues values)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key);
        foreach ((string key, SecretValue value) in values)
        {
            Append(hash, Encoding.UTF8.GetBytes(key));
            Append(hash, value.RevealBytes());
        }

        return new SecretVersion(Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, Length)));
    }

    // With its length before it: "ab" "c" is not "a" "bc".
    private static void Append(IncrementalHash hash, byte[] bytes)
    {
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
