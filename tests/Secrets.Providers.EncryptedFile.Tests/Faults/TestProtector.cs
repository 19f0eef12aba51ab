namespace Secrets.Providers.EncryptedFile.Tests.Faults;

/// <summary>Stands for a KMS: wraps a key by flipping its bits. Quick, and on no disk.</summary>
internal sealed class TestProtector(string keyId = "test-kms/key-1", byte mask = 0x5A) : IRootKeyProtector
{
    public string KeyId => keyId;

    public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken) => ValueTask.FromResult(Flip(key.Span));

    public ValueTask<byte[]?> UnprotectAsync(string keyId, ReadOnlyMemory<byte> protectedKey, CancellationToken cancellationToken) =>
        ValueTask.FromResult<byte[]?>(Flip(protectedKey.Span));

    private byte[] Flip(ReadOnlySpan<byte> bytes)
    {
        byte[] flipped = bytes.ToArray();
        for (int i = 0; i < flipped.Length; i++)
            flipped[i] ^= mask;
        return flipped;
    }
}
