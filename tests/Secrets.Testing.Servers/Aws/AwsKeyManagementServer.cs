using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Secrets.Testing.Servers;

/// <summary>As much of AWS KMS as wraps and unwraps a key: Encrypt and Decrypt of the JSON 1.1 protocol, signatures verified.</summary>
public sealed class AwsKeyManagementServer(TimeProvider? time = null) : LoopbackServer(time)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly Dictionary<string, byte[]> _keys = [];

    public string Region { get; init; } = "eu-test-1";

    /// <summary>The credential that requests must be signed with.</summary>
    public AwsCredential Credential { get; set; } = AwsCredential.Test;

    /// <summary>Whether an action may be done. Default all.</summary>
    public Func<string, bool> Allows { get; set; } = _ => true;

    /// <summary>Makes a key.</summary>
    /// <returns>Its ARN.</returns>
    public string CreateKey()
    {
        string arn = $"arn:aws:kms:{Region}:000000000000:key/{Guid.NewGuid()}";
        lock (Gate)
            _keys[arn] = RandomNumberGenerator.GetBytes(32);
        return arn;
    }

    protected override ServerCall Name(ServerRequest request) =>
        new(request.Header("X-Amz-Target").Split('.')[^1], (string?)request.Json()["KeyId"]);

    protected override ServerAnswer Answer(ServerRequest request)
    {
        try
        {
            if (SigV4.Verify(request, Credential, Region, "kms", Time.GetUtcNow()) is { } wrong)
                throw new AwsError(wrong.Type, wrong.Message);
            ServerCall call = Name(request);
            if (!Allows(call.Operation))
                throw new AwsError("AccessDeniedException", $"User is not authorized to perform: kms:{call.Operation}");
            if (call.Secret is null || !_keys.TryGetValue(call.Secret, out byte[]? key))
                throw new AwsError("NotFoundException", $"Key '{call.Secret}' does not exist");
            JsonObject body = request.Json();
            // The context is authenticated, as it is there.
            byte[] context = System.Text.Encoding.UTF8.GetBytes(body["EncryptionContext"]?.ToJsonString() ?? "");
            using AesGcm aes = new(key, TagLength);
            return ServerAnswer.Json(200, call.Operation == "Encrypt" ? Encrypt(aes, call.Secret, body, context) : Decrypt(aes, call.Secret, body, context), "application/x-amz-json-1.1");
        }
        catch (AwsError error)
        {
            return error.ToAnswer();
        }
    }

    private static JsonObject Encrypt(AesGcm aes, string keyId, JsonObject body, byte[] context)
    {
        byte[] plaintext = Convert.FromBase64String((string)body["Plaintext"]!);
        byte[] blob = new byte[NonceLength + TagLength + plaintext.Length];
        RandomNumberGenerator.Fill(blob.AsSpan(0, NonceLength));
        aes.Encrypt(blob.AsSpan(0, NonceLength), plaintext, blob.AsSpan(NonceLength + TagLength), blob.AsSpan(NonceLength, TagLength), context);
        return new JsonObject { ["KeyId"] = keyId, ["CiphertextBlob"] = Convert.ToBase64String(blob) };
    }

    private static JsonObject Decrypt(AesGcm aes, string keyId, JsonObject body, byte[] context)
    {
        byte[] blob = Convert.FromBase64String((string)body["CiphertextBlob"]!);
        byte[] plaintext = new byte[Math.Max(0, blob.Length - NonceLength - TagLength)];
        try
        {
            aes.Decrypt(blob.AsSpan(0, NonceLength), blob.AsSpan(NonceLength + TagLength), blob.AsSpan(NonceLength, TagLength), plaintext, context);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new AwsError("InvalidCiphertextException", "");
        }

        return new JsonObject { ["KeyId"] = keyId, ["Plaintext"] = Convert.ToBase64String(plaintext) };
    }
}
