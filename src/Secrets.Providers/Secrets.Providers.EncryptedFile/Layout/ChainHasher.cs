using System.Security.Cryptography;

namespace Secrets;

/// <summary>
/// The keyed hash chain over frames: hash = HMAC-SHA-256(mac key, hash before || frame up to its chain hash). Without the key nobody can
/// change, drop, add or reorder a frame and make the chain meet again.
/// </summary>
internal sealed class ChainHasher(SealingKey mac) : IDisposable
{
    private readonly IncrementalHash _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, mac.RevealBytes());

    internal static byte[] CheckpointStart(ReadOnlySpan<byte> storeHeader, SealingKey mac)
    {
        byte[] message = new byte[14 + storeHeader.Length];
        "SV1|checkpoint"u8.CopyTo(message);
        storeHeader.CopyTo(message.AsSpan(14));
        return HMACSHA256.HashData(mac.RevealBytes(), message);
    }

    internal void Hash(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> frame, Span<byte> chain)
    {
        _hmac.AppendData(previous);
        _hmac.AppendData(frame);
        _hmac.GetHashAndReset(chain);
    }

    public void Dispose() => _hmac.Dispose();
}
