namespace Secrets;

/// <summary>The types <c>ssh</c> and <c>git-ssh</c>: a private key as a file of mode 0400.</summary>
public sealed class SshSecretType : SecretType
{
    internal SshSecretType(string id)
        : base(id)
    {
        Keys = [PrivateKey, new SecretTypeKey(SecretTypes.KnownHosts) { Description = "Host keys (known_hosts)", IsRequired = false, IsSensitive = false }];
        Files = KeyFile;
    }

    internal static SecretTypeKey PrivateKey { get; } = new(SecretTypes.PrivateKey) { Description = "Private key, without a passphrase" };

    internal static SecretTypeFile[] KeyFile { get; } = [new(SecretTypes.SecretFile, SecretTypes.PrivateKey)];

    /// <summary>Takes a private key.</summary>
    /// <param name="path">The key file, OpenSSH or PEM; <c>~</c> is the home directory.</param>
    /// <param name="name">The secret's name; null for the file's name without extension, in lower case with <c>-</c> for <c>_</c>.</param>
    /// <param name="knownHostsPath">For <c>git-ssh</c>: a known_hosts file, with which the host is checked; null not to check it.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: the file is missing, is no private key, or (<c>key-passphrase</c>) has a passphrase; the
    /// message has the command that removes it.
    /// </exception>
    public SecretDraft FromFile(string path, string? name = null, string? knownHostsPath = null)
    {
        SecretValues values = new() { [SecretTypes.PrivateKey] = PrivateKeyFile.Read(SecretInput.ReadFile(path, "The key file"), path) };
        if (knownHostsPath is not null)
        {
            SecretValue hosts = SecretInput.ReadFile(knownHostsPath, "The known_hosts file");
            KnownHost.ParseFile(hosts.RevealString());
            values[SecretTypes.KnownHosts] = hosts;
        }

        return new SecretDraft(name ?? DefaultSecretNames.FromFile(path), values, Id) { IsNameDefault = name is null };
    }
}
