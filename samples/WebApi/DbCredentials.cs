namespace Secrets.Samples.WebApi;

#region options
/// <summary>The secret <c>db</c>, key by key. Nothing binds it: <c>AddSecretOptions</c> fills it from the secret itself.</summary>
internal sealed class DbCredentials
{
    public required string User { get; set; }

    public required SecretValue Password { get; set; }

    public int Port { get; set; } = 5432;
}
#endregion
