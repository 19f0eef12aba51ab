namespace Secrets.Samples.RotationWorker;

/// <summary>The secret <c>db</c>, key by key.</summary>
internal sealed class DbCredentials
{
    public required string User { get; set; }

    public required SecretValue Password { get; set; }
}
