namespace Secrets.Testing.Servers;

/// <summary>A credential that the server knows. Obviously not a real one.</summary>
public sealed record AwsCredential(string AccessKeyId, string SecretAccessKey, string? SessionToken = null)
{
    public static AwsCredential Test { get; } = new("not-a-real-access-key", "not-a-real-secret-key", "not-a-real-session-token");
}
