using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Secrets;

/// <summary>An id for secrets of stores that keep none: the same address always gives the same id, and another address another one.</summary>
internal static class SecretIds
{
    internal static Guid Of(SecretAddress address)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, address.Scope.Kind);
        Append(hash, address.Scope.Id);
        Append(hash, address.Owner);
        Append(hash, address.Name);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        // RFC 9562 version 8 (made by our own rule), variant 1.
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true);
    }

    internal static SecretProperties WithId(SecretProperties properties) =>
        properties.Id == Guid.Empty ? properties with { Id = Of(properties.Address) } : properties;

    private static void Append(IncrementalHash hash, string? field)
    {
        // Lengths make the fields unambiguous; -1 keeps "no owner" apart from an empty text.
        byte[] text = field is null ? [] : Encoding.UTF8.GetBytes(field);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field is null ? -1 : text.Length);
        hash.AppendData(length);
        hash.AppendData(text);
    }
}
