namespace Secrets;

/// <summary>The type <c>docker</c>: the credential of a registry, for pulling images. It exports nothing unless asked to.</summary>
public sealed class DockerSecretType : SecretType
{
    private const string ConfigFile = "config.json";

    internal DockerSecretType()
        : base("docker")
    {
        ListedAs = "docker_registry";
        Aliases = ["docker-registry", "docker_registry"];
        Description = "The credential of a container registry.";
        Keys =
        [
            new SecretTypeKey("server") { Description = "Registry", IsSensitive = false, Default = DockerConfig.DefaultServer },
            new SecretTypeKey("username") { Description = "User name", IsSensitive = false },
            new SecretTypeKey("password") { Description = "Password or access token" },
            new SecretTypeKey("email") { Description = "E-mail", IsRequired = false, IsSensitive = false },
        ];
        Files = [new SecretTypeFile(ConfigFile, "password") { OnRequest = true, Content = (values, _) => ConfigJson(values) }];
        Variables = [new("DOCKER_CONFIG") { File = ".", OnRequest = true }];
    }

    /// <summary>Takes user name and password.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="username">The user name.</param>
    /// <param name="password">The password, better an access token.</param>
    /// <param name="server">The registry; null for Docker Hub.</param>
    /// <param name="email">An e-mail address, where the registry wants one; else null.</param>
    /// <returns>The draft.</returns>
    public SecretDraft FromCredentials(string name, string username, SecretValue password, string? server = null, string? email = null)
    {
        SecretValues values = new() { ["server"] = server ?? DockerConfig.DefaultServer, ["username"] = username, ["password"] = password };
        if (email is not null) values["email"] = email;
        return Draft(name, values);
    }

    /// <summary>Takes one server's credential from a <c>config.json</c>.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="path">The file, usually <c>~/.docker/config.json</c>.</param>
    /// <param name="server">The registry; null for the only one in it.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: missing, not of the format, the server is not in it, or its credential is in a helper.</exception>
    public SecretDraft FromConfigFile(string name, string path, string? server = null) =>
        Draft(name, DockerConfig.Read(SecretInput.ReadFile(path, "The Docker config file"), server));

    /// <summary>The credential as Docker's <c>config.json</c>, which is also the content of a Kubernetes image pull secret.</summary>
    /// <param name="values">The pairs of a secret of this type.</param>
    /// <returns>The JSON text.</returns>
    public SecretValue ConfigJson(IReadOnlyDictionary<string, SecretValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return DockerConfig.Write(
            Find(values, "server")?.RevealString() ?? DockerConfig.DefaultServer, Find(values, "username")!, Find(values, "password")!, Find(values, "email"));
    }
}
