namespace Secrets;

/// <summary>The type <c>sftp-ssh</c>: a private key and the host keys of an SFTP server, for Composer.</summary>
public sealed class SftpSecretType : SecretType
{
    private const string KnownHostsFile = "composer_sftp_known_hosts";

    internal SftpSecretType()
        : base("sftp-ssh")
    {
        ListedAs = "sftp";
        Description = "A private SSH key and the host keys of an SFTP server.";
        Keys = [SshSecretType.PrivateKey, new SecretTypeKey(SecretTypes.KnownHosts) { Description = "Host keys (known_hosts)", IsSensitive = false }];
        Files = [.. SshSecretType.KeyFile, new SecretTypeFile(KnownHostsFile, SecretTypes.KnownHosts)];
        Variables =
        [
            SecretTypes.SecretPath,
            new("COMPOSER_SFTP_KEY_FILE") { File = SecretTypes.SecretFile },
            new("COMPOSER_SFTP_KNOWN_HOSTS_FILE") { File = KnownHostsFile },
        ];
        OnlyOneElse = "ssh";
    }

    /// <summary>Takes a private key and a known_hosts file.</summary>
    /// <param name="path">The key file, OpenSSH or PEM.</param>
    /// <param name="knownHostsPath">The host keys.</param>
    /// <param name="name">The secret's name; null for the key file's name without extension, in lower case with <c>-</c> for <c>_</c>.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: as for <see cref="SshSecretType.FromFile"/>, or the hosts are not of the format.</exception>
    public SecretDraft FromFiles(string path, string knownHostsPath, string? name = null) =>
        Make(path, name, KnownHost.ParseFile(SecretInput.ReadFile(knownHostsPath, "The known_hosts file").RevealString()), []);

    /// <summary>Takes a private key, and asks the server for its host keys.</summary>
    /// <param name="path">The key file, OpenSSH or PEM.</param>
    /// <param name="host">The SFTP server; not empty.</param>
    /// <param name="confirm">
    /// Is shown the host keys, fingerprints included, and says whether they are the server's. Null accepts them unseen, with a notice: an
    /// impostor on the way would be trusted from then on.
    /// </param>
    /// <param name="port">The server's port. Default 22.</param>
    /// <param name="name">The secret's name; null for the key file's name.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: as for <see cref="SshSecretType.FromFile"/>, an empty host;
    /// <see cref="SecretErrorCode.Denied"/> (<c>host-not-confirmed</c>); <see cref="SecretErrorCode.Unavailable"/>: no answer.
    /// </exception>
    public async Task<SecretDraft> FromServerAsync(
        string path, string host, Func<IReadOnlyList<KnownHost>, bool>? confirm, int port = 22, string? name = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<KnownHost> hosts = await SshKeyScan.ScanAsync(host, port, cancellationToken).ConfigureAwait(false);
        if (confirm is null)
            return Make(path, name, hosts, [$"The host keys of '{host}' were accepted unseen. Compare them: {string.Join(", ", hosts.Select(static key => key.Fingerprint))}."]);
        if (!confirm(hosts))
            throw new SecretException(SecretErrorCode.Denied, $"The host keys of '{host}' were not confirmed; nothing was created. Get the fingerprint from the server's operator.") { Reason = "host-not-confirmed" };
        return Make(path, name, hosts, []);
    }

    private SecretDraft Make(string path, string? name, IReadOnlyList<KnownHost> hosts, string[] notices)
    {
        SecretValues values = new()
        {
            [SecretTypes.PrivateKey] = PrivateKeyFile.Read(SecretInput.ReadFile(path, "The key file"), path),
            [SecretTypes.KnownHosts] = string.Join('\n', hosts) + "\n",
        };
        return new SecretDraft(name ?? DefaultSecretNames.FromFile(path), values, Id) { IsNameDefault = name is null, Notices = notices };
    }
}
