namespace Secrets;

/// <summary>
/// The type <c>s3</c>: AWS's config and credentials files. Cloudflare R2 and CoreWeave are the same with an endpoint, which is exported as
/// <c>S3_ENDPOINT_URL</c>.
/// </summary>
public sealed class S3SecretType : SecretType
{
    private const string Config = "config";
    private const string Credentials = "credentials";
    private const string Profile = "profile";
    private const string Endpoint = "endpoint_url";

    internal S3SecretType()
        : base("s3")
    {
        Aliases = ["s3_credentials", "r2", "coreweave"];
        Description = "AWS config and credentials files (also Cloudflare R2 and CoreWeave, with an endpoint).";
        Keys =
        [
            new SecretTypeKey(Config) { Description = "Config file", IsSensitive = false },
            new SecretTypeKey(Credentials) { Description = "Credentials file" },
            new SecretTypeKey(Profile) { Description = "Profile", IsRequired = false, IsSensitive = false },
            new SecretTypeKey(Endpoint) { Description = "Endpoint URL", IsRequired = false, IsSensitive = false, Aliases = ["S3_ENDPOINT_URL"] },
        ];
        Files = [new SecretTypeFile(Config, Config), new SecretTypeFile(Credentials, Credentials)];
        Variables =
        [
            new("AWS_CONFIG_FILE") { File = Config },
            new("AWS_SHARED_CREDENTIALS_FILE") { File = Credentials },
            new("AWS_PROFILE") { Key = Profile },
            new("S3_ENDPOINT_URL") { Key = Endpoint },
        ];
        Check = values => AwsProfiles.Check(Find(values, Config)!.RevealString(), Find(values, Credentials)!.RevealString());
    }

    /// <summary>Takes the two files that <c>aws configure</c> writes.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="configPath">The config file; <c>[default]</c> alone is enough.</param>
    /// <param name="credentialsPath">The credentials file, with one profile at least.</param>
    /// <param name="profile">
    /// The profile to use; null for the only one, or <c>default</c>. One that is not <c>default</c> is exported as <c>AWS_PROFILE</c>.
    /// </param>
    /// <param name="endpointUrl">The address of R2, CoreWeave or another S3; null for AWS.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: a file is missing or not of its format; <c>aws-no-profile</c>;
    /// <c>aws-unknown-profile</c> and <c>aws-ambiguous-profile</c>, whose messages list the profiles.
    /// </exception>
    public SecretDraft FromFiles(string name, string configPath, string credentialsPath, string? profile = null, string? endpointUrl = null)
    {
        SecretValue config = SecretInput.ReadFile(configPath, "The AWS config file");
        SecretValue credentials = SecretInput.ReadFile(credentialsPath, "The AWS credentials file");
        string chosen = AwsProfiles.Choose(AwsProfiles.Check(config.RevealString(), credentials.RevealString()), profile);
        SecretValues values = new() { [Config] = config, [Credentials] = credentials };
        if (chosen != AwsProfiles.Default) values[Profile] = chosen;
        if (endpointUrl is not null) values[Endpoint] = endpointUrl;
        return Draft(name, values);
    }
}
