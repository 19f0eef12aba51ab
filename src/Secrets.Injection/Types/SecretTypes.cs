namespace Secrets;

/// <summary>The built-in types. <c>docs/types.md</c> has one table of their keys, files and variables.</summary>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public static class SecretTypes
{
    /// <summary>The path of the one file of <c>mounted</c> and the SSH types.</summary>
    internal const string SecretFile = "secret";

    /// <summary>The key of a private key.</summary>
    internal const string PrivateKey = "private_key";

    /// <summary>The key of host keys.</summary>
    internal const string KnownHosts = "known_hosts";

    private const UnixFileMode EveryoneReads = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary><c>env</c>: each key is an environment variable.</summary>
    public static EnvironmentSecretType Environment { get; } = new();

    /// <summary><c>mounted</c>: one file of any content.</summary>
    public static MountedSecretType Mounted { get; } = new();

    /// <summary><c>file</c>: each key is a read-only file of its own (BentoCloud).</summary>
    public static SecretType File { get; } = new("file")
    {
        Description = "Each key as a read-only file.",
        OtherKeys = SecretKeyExport.File,
    };

    /// <summary><c>ssh</c>: a private key as a file.</summary>
    public static SshSecretType Ssh { get; } = new("ssh")
    {
        Description = "A private SSH key as a file.",
        Variables = [SecretPath],
    };

    /// <summary><c>git-ssh</c>: a private key that <c>git</c> uses. With the key <c>known_hosts</c> the host is checked, else it is not.</summary>
    public static SshSecretType GitSsh { get; } = new("git-ssh")
    {
        ListedAs = "git",
        Description = "A private SSH key that git uses by itself.",
        Files = [.. SshSecretType.KeyFile, new SecretTypeFile(KnownHosts, KnownHosts)],
        Variables =
        [
            SecretPath,
            new("GIT_SSH_COMMAND") { Format = $"ssh -o StrictHostKeyChecking=no -i {{{SecretFile}}}", UnlessKey = KnownHosts },
            new("GIT_SSH_COMMAND")
            {
                Format = $"ssh -o StrictHostKeyChecking=yes -o UserKnownHostsFile={{{KnownHosts}}} -o IdentitiesOnly=yes -i {{{SecretFile}}}",
                WhenKey = KnownHosts,
            },
        ],
        OnlyOneElse = "ssh",
    };

    /// <summary><c>sftp-ssh</c>: a private key and the host keys of an SFTP server.</summary>
    public static SftpSecretType SftpSsh { get; } = new();

    /// <summary><c>s3</c>: AWS's config and credentials files; also Cloudflare R2 and CoreWeave, with an endpoint.</summary>
    public static S3SecretType S3 { get; } = new();

    /// <summary><c>gcp</c>: Google's credentials file.</summary>
    public static GcpSecretType Gcp { get; } = new();

    /// <summary><c>oci</c>: Oracle Cloud's config and key files.</summary>
    public static OciSecretType Oci { get; } = new();

    /// <summary><c>docker</c>: the credential of a registry.</summary>
    public static DockerSecretType Docker { get; } = new();

    /// <summary><c>databricks</c>: workspace address and token.</summary>
    public static SecretType Databricks { get; } = new("databricks")
    {
        Description = "A Databricks workspace and its access token.",
        Keys =
        [
            new("host") { Description = "Workspace URL", IsSensitive = false, Aliases = ["DATABRICKS_HOST"] },
            new("token") { Description = "Personal access token", Aliases = ["DATABRICKS_TOKEN"] },
        ],
        Variables = [new("DATABRICKS_HOST") { Key = "host" }, new("DATABRICKS_TOKEN") { Key = "token" }],
    };

    /// <summary><c>hf</c>: a Hugging Face token.</summary>
    public static SecretType HuggingFace { get; } = new("hf")
    {
        ListedAs = "hugging_face",
        Aliases = ["hugging_face", "hugging-face", "huggingface"],
        Description = "A Hugging Face token.",
        Keys = [new("token") { Description = "Token (hf_...)", Aliases = ["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"] }],
        Variables = [new("HF_TOKEN") { Key = "token" }, new("HUGGING_FACE_HUB_TOKEN") { Key = "token" }],
        Check = static values =>
        {
            if (HuggingFace!.Find(values, "token") is { } token && !(token.IsText && token.RevealString().StartsWith("hf_", StringComparison.Ordinal)))
                throw new SecretException(SecretErrorCode.InvalidArgument, "A Hugging Face token begins with hf_. Make one at the access token page of your account.") { Reason = "hf-token" };
        },
    };

    /// <summary><c>openai</c>: an OpenAI key.</summary>
    public static SecretType OpenAI { get; } = new("openai")
    {
        Description = "An OpenAI API key.",
        Keys =
        [
            new("api_key") { Description = "API key", Aliases = ["OPENAI_API_KEY"] },
            new("organization_id") { Description = "Organization id", IsRequired = false, IsSensitive = false, Aliases = ["OPENAI_ORG_ID"] },
        ],
        Variables = [new("OPENAI_API_KEY") { Key = "api_key" }, new("OPENAI_ORG_ID") { Key = "organization_id" }],
    };

    /// <summary><c>github</c>: a GitHub token.</summary>
    public static SecretType GitHub { get; } = new("github")
    {
        Description = "A GitHub token.",
        Keys = [new("token") { Description = "Token", Aliases = ["GITHUB_TOKEN"] }],
        Variables = [new("GITHUB_TOKEN") { Key = "token" }],
    };

    /// <summary><c>aws</c>: AWS access keys.</summary>
    public static SecretType Aws { get; } = new("aws")
    {
        Description = "AWS access keys.",
        Keys =
        [
            new("access_key_id") { Description = "Access key id", IsSensitive = false, Aliases = ["AWS_ACCESS_KEY_ID"] },
            new("secret_access_key") { Description = "Secret access key", Aliases = ["AWS_SECRET_ACCESS_KEY"] },
            new("session_token") { Description = "Session token", IsRequired = false, Aliases = ["AWS_SESSION_TOKEN"] },
            new("region") { Description = "Region", IsRequired = false, IsSensitive = false, Aliases = ["AWS_DEFAULT_REGION"] },
        ],
        Variables =
        [
            new("AWS_ACCESS_KEY_ID") { Key = "access_key_id" },
            new("AWS_SECRET_ACCESS_KEY") { Key = "secret_access_key" },
            new("AWS_SESSION_TOKEN") { Key = "session_token" },
            new("AWS_DEFAULT_REGION") { Key = "region" },
        ],
    };

    /// <summary><c>wandb</c>: a Weights and Biases key.</summary>
    public static SecretType WeightsAndBiases { get; } = new("wandb")
    {
        Description = "A Weights & Biases API key.",
        Keys = [new("api_key") { Description = "API key", Aliases = ["WANDB_API_KEY"] }],
        Variables = [new("WANDB_API_KEY") { Key = "api_key" }],
    };

    /// <summary>All built-in types.</summary>
    public static IReadOnlyList<SecretType> All { get; } =
    [
        Environment, Mounted, File, Ssh, GitSsh, SftpSsh, S3, Gcp, Oci, Docker, Databricks, HuggingFace, OpenAI, GitHub, Aws, WeightsAndBiases,
    ];

    internal static SecretTypeVariable SecretPath => new("SECRET_PATH_{NAME}") { File = SecretFile };

    internal static UnixFileMode MountedMode => EveryoneReads;
}
