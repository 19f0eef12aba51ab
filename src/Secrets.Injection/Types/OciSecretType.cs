namespace Secrets;

/// <summary>The type <c>oci</c>: Oracle Cloud's config and key files. The config's <c>key_file</c> is rewritten to where the key is mounted.</summary>
public sealed class OciSecretType : SecretType
{
    private const string Config = "config";
    private const string KeyFile = "key_file";

    internal OciSecretType()
        : base("oci")
    {
        Description = "Oracle Cloud config and key files.";
        Keys = [new SecretTypeKey(Config) { Description = "Config file", IsSensitive = false }, new SecretTypeKey(KeyFile) { Description = "Private key, without a passphrase" }];
        Files =
        [
            new SecretTypeFile(Config, Config)
            {
                Content = (values, directory) => OciConfig.WithKeyFile(Find(values, Config)!.RevealString(), $"{directory}/{KeyFile}"),
            },
            new SecretTypeFile(KeyFile, KeyFile),
        ];
        Variables =
        [
            new("OCI_CONFIG_FILE") { File = Config },
            new("OCI_CLI_CONFIG_FILE") { File = Config },
            new("OCI_CLI_KEY_FILE") { File = KeyFile },
        ];
        Check = values => OciConfig.Check(Find(values, Config)!.RevealString());
    }

    /// <summary>Takes the two files.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="configPath">The config file, with a section <c>[DEFAULT]</c>.</param>
    /// <param name="keyPath">The private key.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a file is missing or not of its format, or the key has a passphrase.</exception>
    public SecretDraft FromFiles(string name, string configPath, string keyPath) => Draft(name, new SecretValues
    {
        [Config] = SecretInput.ReadFile(configPath, "The OCI config file"),
        [KeyFile] = PrivateKeyFile.Read(SecretInput.ReadFile(keyPath, "The key file"), keyPath),
    });
}
