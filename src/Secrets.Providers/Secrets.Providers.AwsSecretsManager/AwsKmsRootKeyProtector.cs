using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;

namespace Secrets;

/// <summary>
/// An AWS KMS key as an unlock slot of the encrypted file: <c>options.Unlock.Add(UnlockMethod.External(new AwsKmsRootKeyProtector(arn)))</c>. The key
/// never leaves KMS; opening the store takes one call of it.
/// </summary>
/// <remarks>
/// Permissions: <c>kms:Decrypt</c> on the key to open a store, <c>kms:Encrypt</c> too to create one or to add the slot. What is wrapped is a key of
/// the slot's own, never the store's root, and it is bound to its use by an encryption context that shows in CloudTrail. Safe to call from any thread.
/// </remarks>
public sealed class AwsKmsRootKeyProtector : IRootKeyProtector, IDisposable
{
    // KMS refuses to unwrap with another one: a ciphertext that was made for something else is no slot of ours.
    private static readonly Dictionary<string, string> Purpose = new(StringComparer.Ordinal) { ["purpose"] = "secrets-unlock-slot" };

    private readonly IAmazonKeyManagementService _client;
    private readonly bool _owns;
    private readonly AwsErrors _errors;

    /// <summary>Uses a key, with region and credential of the SDK's chains; an ARN names its region itself.</summary>
    /// <param name="keyId">The key's ARN, its id, or an alias (<c>alias/app</c>). It is stored in the clear with the slot; the ARN is best, because it stays right elsewhere.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>no-region</c>): neither ARN nor chain names a region.</exception>
    public AwsKmsRootKeyProtector(string keyId)
        : this(keyId, CreateClient(keyId), owns: true)
    {
    }

    /// <summary>Uses a key through a ready client, which stays the caller's.</summary>
    /// <param name="keyId">The key's ARN, its id, or an alias.</param>
    /// <param name="client">The vendor's client.</param>
    public AwsKmsRootKeyProtector(string keyId, IAmazonKeyManagementService client)
        : this(keyId, client, owns: false)
    {
    }

    private AwsKmsRootKeyProtector(string keyId, IAmazonKeyManagementService client, bool owns)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        ArgumentNullException.ThrowIfNull(client);
        (KeyId, _client, _owns) = (keyId, client, owns);
        _errors = new AwsErrors("aws-kms");
    }

    /// <inheritdoc/>
    public string KeyId { get; }

    /// <inheritdoc/>
    public async ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        try
        {
            using MemoryStream plaintext = new(key.ToArray());
            EncryptResponse response = await _client.EncryptAsync(
                new EncryptRequest { KeyId = KeyId, Plaintext = plaintext, EncryptionContext = Purpose }, cancellationToken).ConfigureAwait(false);
            return response.CiphertextBlob.ToArray();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw _errors.FromKey(fault, "wrap a key", "kms:Encrypt", KeyId);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]?> UnprotectAsync(string keyId, ReadOnlyMemory<byte> protectedKey, CancellationToken cancellationToken)
    {
        try
        {
            using MemoryStream ciphertext = new(protectedKey.ToArray());
            DecryptResponse response = await _client.DecryptAsync(
                new DecryptRequest { KeyId = keyId, CiphertextBlob = ciphertext, EncryptionContext = Purpose }, cancellationToken).ConfigureAwait(false);
            return response.Plaintext.ToArray();
        }
        catch (Exception fault) when (fault is InvalidCiphertextException or IncorrectKeyException)
        {
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw _errors.FromKey(fault, "unwrap a key", "kms:Decrypt", keyId);
        }
    }

    /// <summary>Ends the client, if it was made here.</summary>
    public void Dispose()
    {
        if (_owns)
            _client.Dispose();
    }

    private static AmazonKeyManagementServiceClient CreateClient(string keyId)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        // arn:aws:kms:REGION:ACCOUNT:key/...
        string[] parts = keyId.Split(':');
        AmazonKeyManagementServiceConfig config = new();
        if (parts is ["arn", _, "kms", { Length: > 0 } region, ..])
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
        return config.RegionEndpoint is not null || !string.IsNullOrEmpty(config.ServiceURL)
            ? new AmazonKeyManagementServiceClient(config)
            : throw new SecretException(SecretErrorCode.InvalidArgument, $"No region is known for the KMS key '{keyId}'. Name the key by its ARN, or set AWS_REGION.") { Reason = "no-region" };
    }
}
