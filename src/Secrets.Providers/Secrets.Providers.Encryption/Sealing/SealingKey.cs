using System.Diagnostics;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>Key bytes that print as <c>***</c> and are zeroed when disposed.</summary>
/// <remarks>Ordinary managed memory: not locked against swapping, and the garbage collector may have copied it.</remarks>
[DebuggerDisplay("***")]
public sealed class SealingKey : IDisposable
{
    /// <summary>Length of a key in bytes.</summary>
    public const int Length = 32;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly byte[] _bytes;

    private SealingKey(byte[] bytes) => _bytes = bytes;

    /// <summary>A new random key.</summary>
    /// <returns>The key.</returns>
    public static SealingKey Generate() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>A key from bytes.</summary>
    /// <param name="bytes">32 bytes of full entropy. Copied.</param>
    /// <returns>The key.</returns>
    public static SealingKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        return new SealingKey(bytes.ToArray());
    }

    /// <summary>A key derived from this one with HKDF-SHA-512; different labels give unrelated keys.</summary>
    /// <param name="storeId">The salt.</param>
    /// <param name="label">What the key is for.</param>
    /// <returns>The key.</returns>
    public SealingKey Derive(Guid storeId, string label)
    {
        byte[] derived = HKDF.DeriveKey(HashAlgorithmName.SHA512, _bytes, Length, storeId.ToByteArray(bigEndian: true), System.Text.Encoding.ASCII.GetBytes("SV1|" + label));
        return new SealingKey(derived);
    }

    /// <summary>The plaintext bytes. The name is to be found by a search for every place where key bytes surface.</summary>
    /// <returns>A view; valid until the key is disposed.</returns>
    public ReadOnlySpan<byte> RevealBytes() => _bytes;

    /// <summary>Zeroes the bytes.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>Always <see cref="SecretValue.Redacted"/>.</summary>
    /// <returns><c>***</c></returns>
    public override string ToString() => SecretValue.Redacted;
}
