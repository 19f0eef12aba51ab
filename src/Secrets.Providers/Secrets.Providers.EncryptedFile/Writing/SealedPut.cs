using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// A version, sealed and ready for a frame. Made on the caller's thread from what the index says then; the commit checks that it still says so.
/// </summary>
internal sealed class SealedPut
{
    private const int NearShare = 512;
    private const int DataKeyLength = PutBody.DataKeyHalfLength + PutBody.ShareLength;

    private SealedPut(byte[] body, byte[] blob, byte[] share, ulong version, VersionEntry? previous)
    {
        Body = body;
        Blob = blob;
        Share = share;
        Version = version;
        Previous = previous;
    }

    internal byte[] Body { get; }

    internal byte[] Blob { get; }

    internal byte[] Share { get; }

    internal ulong Version { get; }

    /// <summary>The version whose record this one names as the one before it.</summary>
    internal VersionEntry? Previous { get; }

    internal static SealedPut Seal(LogState state, SecretProperties properties, IReadOnlyDictionary<string, SecretValue> values, bool pending, ulong version, VersionEntry? previous)
    {
        KeyHierarchy keys = state.Keys;
        DirectoryWriter writer = new();
        PutBody.Write(writer, properties, version, keys.CurrentEpoch, pending ? PutBody.PendingFlag : (byte)0, values.Keys);
        byte[] body = writer.Bytes.ToArray();

        Span<byte> random = stackalloc byte[DataKeyLength + RecordSealer.RandomLength];
        RandomNumberGenerator.Fill(random);
        Span<byte> dataKey = random[..DataKeyLength];
        byte[] share = dataKey[PutBody.DataKeyHalfLength..].ToArray();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(share, digest);
        PutBody.SetKey(body, dataKey[..PutBody.DataKeyHalfLength], digest[..PutBody.ShareDigestLength]);

        byte[] plaintext = ValuePairs.Encode(values);
        byte[] blob = new byte[SHA256.HashSizeInBytes + plaintext.Length + RecordSealer.Overhead];
        HashOf(state, previous, blob);
        SealContext context = new PutBody(body).ValueContext(keys.StoreId, blob.AsSpan(0, SHA256.HashSizeInBytes));
        RecordSealer.Seal(dataKey, keys.Hedge.RevealBytes(), keys.CurrentEpoch, context.Bytes, plaintext, random[DataKeyLength..], blob.AsSpan(SHA256.HashSizeInBytes));
        CryptographicOperations.ZeroMemory(plaintext);
        CryptographicOperations.ZeroMemory(random);
        return new SealedPut(body, blob, share, version, previous);
    }

    /// <summary>Opens the value of a version.</summary>
    /// <returns>The pairs; null if record, share or context are not what was sealed.</returns>
    internal static SecretValues? TryOpen(LogState state, VersionEntry version)
    {
        if (version.BlobLength < SHA256.HashSizeInBytes + RecordSealer.Overhead)
            return null;
        Span<byte> dataKey = stackalloc byte[DataKeyLength];
        version.Body.DataKeyHalf.CopyTo(dataKey);
        if (ReadSealed(state, version, dataKey[PutBody.DataKeyHalfLength..]) is not { } sealedBytes)
            return null;
        ReadOnlySpan<byte> blob = sealedBytes.AsSpan(0, version.BlobLength);
        SealContext context = version.Body.ValueContext(state.Keys.StoreId, blob[..SHA256.HashSizeInBytes]);
        byte[] plaintext = new byte[blob.Length - SHA256.HashSizeInBytes - RecordSealer.Overhead];
        bool opened = RecordSealer.TryOpen(dataKey, context.Bytes, blob[SHA256.HashSizeInBytes..], plaintext);
        CryptographicOperations.ZeroMemory(dataKey);
        return opened ? ValuePairs.Decode(plaintext) : null;
    }

    // The share stands a little behind the blob unless many versions share a frame: then one read brings both.
    private static byte[]? ReadSealed(LogState state, VersionEntry version, Span<byte> share)
    {
        long behind = version.SharePosition - version.BlobPosition;
        bool isNear = behind >= version.BlobLength && behind <= version.BlobLength + NearShare;
        byte[] bytes = new byte[isNear ? (int)behind + PutBody.ShareLength : version.BlobLength];
        if (state.File.Read(bytes, version.BlobPosition) < bytes.Length)
            return null;
        if (isNear)
        {
            bytes.AsSpan((int)behind).CopyTo(share);
            CryptographicOperations.ZeroMemory(bytes.AsSpan((int)behind));
        }
        else if (state.File.Read(share, version.SharePosition) < PutBody.ShareLength)
            return null;
        return bytes;
    }

    /// <summary>SHA-256 of a version's blob, which names the one before it in turn; zeros where there is none.</summary>
    internal static void HashOf(LogState state, VersionEntry? version, Span<byte> hash)
    {
        if (version is null || version.IsDestroyed)
            return;
        byte[] blob = new byte[version.BlobLength];
        state.File.Read(blob, version.BlobPosition);
        SHA256.HashData(blob, hash);
    }
}
