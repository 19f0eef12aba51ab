using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Secrets.Providers.EncryptedFile.Tests.Format;

/// <summary>Opens sealed records by the document: see <see cref="IndependentDecoder"/>.</summary>
internal static class RecordOpener
{
    internal static byte[]? Open(byte[] key, byte[] context, byte[] record)
    {
        if (record.Length < 86 || record[0] != 1 || record[1] != 1)
            return null;
        byte[] info = [.. "SV1|"u8, .. SHA256.HashData(context)];
        byte[] okm = HKDF.DeriveKey(HashAlgorithmName.SHA512, key, 64, record[6..38], info);
        if (!CryptographicOperations.FixedTimeEquals(okm.AsSpan(32), record.AsSpan(38, 32)))
            return null;
        byte[] plaintext = new byte[record.Length - 86];
        using AesGcm aes = new(okm.AsSpan(0, 32), 16);
        try
        {
            aes.Decrypt(new byte[12], record.AsSpan(70, plaintext.Length), record.AsSpan(record.Length - 16), plaintext, [.. record[..6], .. context]);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    internal static byte[] Context(string kind, byte[] storeId, params object?[] fields)
    {
        List<byte> context = [];
        foreach (object? field in (object?[])[kind, storeId, .. fields])
        {
            byte[]? bytes = field switch
            {
                null => null,
                byte[] raw => raw,
                string text => Encoding.UTF8.GetBytes(text),
                long number => Number(number),
                _ => throw new ArgumentException("A field is bytes, text, a number or null."),
            };
            byte[] length = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(length, bytes is null ? 0xFFFFFFFF : (uint)bytes.Length);
            context.AddRange(length);
            context.AddRange(bytes ?? []);
        }

        return [.. context];
    }

    private static byte[] Number(long number)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return bytes;
    }
}
