using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Secrets.Cli.Values;

/// <summary>
/// Tells whether two sets of values are the same without holding both: keyed hashes under a random key that lives as long as one run, so that a
/// fingerprint that got out would say nothing about a value, not even to somebody who guesses it.
/// </summary>
internal sealed class ValueFingerprints : IDisposable
{
    private const int Length = 32;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(Length);

    /// <summary>The fingerprint of names and bytes, in whatever order they come.</summary>
    public byte[] Of(IReadOnlyDictionary<string, SecretValue> values)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach ((string name, SecretValue value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, Encoding.UTF8.GetBytes(name));
            byte[] bytes = value.RevealBytes();
            Append(hash, bytes);
            bytes.AsSpan().Clear();
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Compares in a time that says nothing.</summary>
    public static bool AreSame(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);

    public void Dispose() => _key.AsSpan().Clear();

    // The length first: no two different sets read the same one after the other.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
