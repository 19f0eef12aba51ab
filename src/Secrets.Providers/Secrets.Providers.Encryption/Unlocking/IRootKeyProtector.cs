namespace Secrets;

/// <summary>
/// A system that wraps and unwraps a small key and never gives out its own: a KMS, an HSM, a TPM. What the author of a KMS integration
/// implements.
/// </summary>
public interface IRootKeyProtector
{
    /// <summary>Names the key in that system (an ARN, a key URI); stored in the clear with the slot, at most 1,024 bytes of UTF-8.</summary>
    string KeyId { get; }

    /// <summary>Wraps a key.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What <see cref="UnprotectAsync"/> needs to get it back; at most 16,384 bytes.</returns>
    /// <exception cref="SecretException">The system cannot be reached or denies the call.</exception>
    ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken);

    /// <summary>Unwraps a key.</summary>
    /// <param name="keyId">The id that was stored with it.</param>
    /// <param name="protectedKey">What <see cref="ProtectAsync"/> gave.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The 32 bytes, zeroed by the caller; null if they are not this system's.</returns>
    /// <exception cref="SecretException">The system cannot be reached or denies the call.</exception>
    ValueTask<byte[]?> UnprotectAsync(string keyId, ReadOnlyMemory<byte> protectedKey, CancellationToken cancellationToken);
}
