using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// The one sealing primitive, for records, data keys and slots alike: a single-use AES-256-GCM key derived per record, with a commitment
/// to the key and a salt that stays safe if the random source repeats itself. <c>docs/encrypted-file-format.md</c> has it byte by byte.
/// </summary>
/// <remarks>
/// <para>
/// The derived key removes the 2^32-message limit of random nonces; the commitment makes a record open under one key only, which plain GCM
/// does not promise; the hedged salt does what a misuse-resistant mode would.
/// </para>
/// <para>Thread-safe. Opening never says why it failed: a wrong key, a wrong context and damaged bytes are one answer.</para>
/// </remarks>
public static class RecordSealer
{
    /// <summary>How many bytes sealing adds to the plaintext.</summary>
    public const int Overhead = HeaderLength + SaltLength + CommitLength + TagLength;

    /// <summary>The format of sealed records that this class writes, and the only one that it reads.</summary>
    public const byte RecordVersion = 1;

    /// <summary>HMAC-SHA-256 salt, HKDF-SHA-512, AES-256-GCM.</summary>
    public const byte Algorithm = 1;

    /// <summary>How many random bytes a seal takes.</summary>
    internal const int RandomLength = 32;

    internal const int SaltLength = 32;
    private const int HeaderLength = 6;
    private const int CommitLength = 32;
    private const int TagLength = 16;
    private const int KeyLength = 32;
    private const int StackLimit = 1024;

    /// <summary>Seals a plaintext.</summary>
    /// <param name="key">The key; at least 32 bytes of full entropy.</param>
    /// <param name="hedgeKey">The key of the salt; 32 bytes.</param>
    /// <param name="epoch">The key epoch, written into the record in the clear so that a reader knows which key to take.</param>
    /// <param name="context">What the record is bound to.</param>
    /// <param name="plaintext">The plaintext; may be empty.</param>
    /// <returns>The record: <see cref="Overhead"/> bytes longer than the plaintext.</returns>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> hedgeKey, uint epoch, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plaintext)
    {
        byte[] record = new byte[plaintext.Length + Overhead];
        Seal(key, hedgeKey, epoch, context, plaintext, record);
        return record;
    }

    /// <summary>Seals a plaintext into a buffer.</summary>
    /// <param name="key">The key; at least 32 bytes of full entropy.</param>
    /// <param name="hedgeKey">The key of the salt; 32 bytes.</param>
    /// <param name="epoch">The key epoch, written into the record in the clear.</param>
    /// <param name="context">What the record is bound to.</param>
    /// <param name="plaintext">The plaintext; may be empty.</param>
    /// <param name="record">Exactly <see cref="Overhead"/> bytes longer than the plaintext; must not overlap it.</param>
    public static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> hedgeKey, uint epoch, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plaintext, Span<byte> record)
    {
        Span<byte> random = stackalloc byte[RandomLength];
        RandomNumberGenerator.Fill(random);
        Seal(key, hedgeKey, epoch, context, plaintext, random, record);
    }

    /// <summary>Opens a record.</summary>
    /// <param name="key">The key it was sealed with.</param>
    /// <param name="context">The context it was sealed with.</param>
    /// <param name="record">The record.</param>
    /// <param name="plaintext">Where to put the plaintext: exactly <see cref="Overhead"/> bytes shorter than the record. Zeroed on failure.</param>
    /// <returns>False if key, context or record are not what was sealed; never why.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> record, Span<byte> plaintext)
    {
        if (record.Length < Overhead || plaintext.Length != record.Length - Overhead)
            return false;
        if (record[0] != RecordVersion || record[1] != Algorithm)
            return false;

        Span<byte> okm = stackalloc byte[KeyLength + CommitLength];
        try
        {
            Derive(key, record.Slice(HeaderLength, SaltLength), context, okm);
            ReadOnlySpan<byte> commit = record.Slice(HeaderLength + SaltLength, CommitLength);
            if (!CryptographicOperations.FixedTimeEquals(okm[KeyLength..], commit))
                return false;
            return TryDecrypt(okm[..KeyLength], record, context, plaintext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(okm);
        }
    }

    /// <summary>The key epoch that a record says it was sealed under; not authenticated before it is opened.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The epoch, or 0 if the bytes are too short to be a record.</returns>
    public static uint EpochOf(ReadOnlySpan<byte> record) =>
        record.Length < Overhead ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(record[2..]);

    internal static void Seal(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> hedgeKey, uint epoch, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plaintext,
        ReadOnlySpan<byte> random, Span<byte> record)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, KeyLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(record.Length, plaintext.Length + Overhead);
        record[0] = RecordVersion;
        record[1] = Algorithm;
        BinaryPrimitives.WriteUInt32LittleEndian(record[2..], epoch);
        Span<byte> salt = record.Slice(HeaderLength, SaltLength);
        HedgedSalt(hedgeKey, random, context, plaintext, salt);

        Span<byte> okm = stackalloc byte[KeyLength + CommitLength];
        Derive(key, salt, context, okm);
        okm[KeyLength..].CopyTo(record[(HeaderLength + SaltLength)..]);
        Encrypt(okm[..KeyLength], record, context, plaintext);
        CryptographicOperations.ZeroMemory(okm);
    }

    private static void HedgedSalt(
        ReadOnlySpan<byte> hedgeKey, ReadOnlySpan<byte> random, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plaintext, Span<byte> salt)
    {
        int length = random.Length + 4 + context.Length + plaintext.Length;
        byte[]? rented = length > StackLimit ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> message = rented is null ? stackalloc byte[StackLimit] : rented;
        message = message[..length];
        random.CopyTo(message);
        BinaryPrimitives.WriteUInt32LittleEndian(message[random.Length..], (uint)context.Length);
        context.CopyTo(message[(random.Length + 4)..]);
        plaintext.CopyTo(message[(random.Length + 4 + context.Length)..]);
        HMACSHA256.HashData(hedgeKey, message, salt);
        CryptographicOperations.ZeroMemory(message);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    private static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> context, Span<byte> okm)
    {
        Span<byte> info = stackalloc byte[4 + SHA256.HashSizeInBytes];
        "SV1|"u8.CopyTo(info);
        SHA256.HashData(context, info[4..]);
        if (key.Length <= HkdfSha512.MaxLength)
            HkdfSha512.Derive(key, salt, info, okm);
        else
            HKDF.DeriveKey(HashAlgorithmName.SHA512, key, okm, salt, info);
    }

    private static void Encrypt(ReadOnlySpan<byte> key, Span<byte> record, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plaintext)
    {
        Span<byte> aad = stackalloc byte[StackLimit];
        aad = AssociatedData(record, context, aad);
        using AesGcm aes = new(key, TagLength);
        aes.Encrypt(ZeroNonce, plaintext, record[(HeaderLength + SaltLength + CommitLength)..^TagLength], record[^TagLength..], aad);
    }

    private static bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, ReadOnlySpan<byte> context, Span<byte> plaintext)
    {
        Span<byte> aad = stackalloc byte[StackLimit];
        aad = AssociatedData(record, context, aad);
        using AesGcm aes = new(key, TagLength);
        try
        {
            aes.Decrypt(ZeroNonce, record[(HeaderLength + SaltLength + CommitLength)..^TagLength], record[^TagLength..], plaintext, aad);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
    }

    // The key is used once, so the nonce may stay the same.
    private static ReadOnlySpan<byte> ZeroNonce => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static Span<byte> AssociatedData(ReadOnlySpan<byte> record, ReadOnlySpan<byte> context, Span<byte> buffer)
    {
        int length = HeaderLength + context.Length;
        Span<byte> aad = length <= buffer.Length ? buffer[..length] : new byte[length];
        record[..HeaderLength].CopyTo(aad);
        context.CopyTo(aad[HeaderLength..]);
        return aad;
    }
}
