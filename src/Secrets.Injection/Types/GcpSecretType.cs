namespace Secrets;

/// <summary>The type <c>gcp</c>: Google's credentials file, found by every Google library through <c>GOOGLE_APPLICATION_CREDENTIALS</c>.</summary>
public sealed class GcpSecretType : SecretType
{
    private const string Credentials = "credentials";
    private const string CredentialsFile = "credentials.json";

    internal GcpSecretType()
        : base("gcp")
    {
        Description = "A Google Cloud credentials file.";
        Keys = [new SecretTypeKey(Credentials) { Description = "Credentials file (JSON)" }];
        Files = [new SecretTypeFile(CredentialsFile, Credentials)];
        Variables = [new("GOOGLE_APPLICATION_CREDENTIALS") { File = CredentialsFile }];
        Check = values => GoogleCredentials.Check(Find(values, Credentials)!);
    }

    /// <summary>Takes a credentials file.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="path">The file.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the file is missing, or (<c>gcp-credentials</c>) is not one of Google's.</exception>
    public SecretDraft FromFile(string name, string path) => Draft(name, new SecretValues { [Credentials] = SecretInput.ReadFile(path, "The Google credentials file") });
}
