using System.CommandLine;
using Secrets.Cli.Hosting;

namespace Secrets.Cli.Commands;

/// <summary>The files that typed secrets are made from.</summary>
internal sealed class TypeOptions
{
    private readonly Option<string?> _type = new("--type", "-t") { Description = "What kind of secret (s3, docker, ssh, ...): see 'secrets types'.", HelpName = "type" };
    private readonly Option<string?> _file = new("--file") { Description = "ssh, git-ssh, mounted, gcp: the file.", HelpName = "path" };
    private readonly Option<string?> _knownHosts = new("--known-hosts-file") { Description = "git-ssh, sftp-ssh: known hosts.", HelpName = "path" };
    private readonly Option<string?> _config = new("--config-file") { Description = "s3, oci: the config file; docker: config.json.", HelpName = "path" };
    private readonly Option<string?> _credentials = new("--credentials-file") { Description = "s3: the credentials file.", HelpName = "path" };
    private readonly Option<string?> _privateKey = new("--private-key-file") { Description = "oci: the API key.", HelpName = "path" };
    private readonly Option<string?> _profile = new("--profile") { Description = "s3: the profile, where the files hold several.", HelpName = "name" };
    private readonly Option<string?> _endpoint = new("--endpoint-url") { Description = "s3: the address of R2, CoreWeave or another S3.", HelpName = "url" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_type, _file, _knownHosts, _config, _credentials, _privateKey, _profile, _endpoint])
            command.Add(option);
    }

    public bool IsGiven(CommandCall call) => call.Has(_type);

    /// <summary>Makes the secret that the type makes of files, or of pairs.</summary>
    public SecretDraft Draft(CommandCall call, string name, SecretValues values)
    {
        SecretType type = SecretTypeRegistry.Default.Get(call.Get(_type)!);
        bool files = call.Has(_file) || call.Has(_config) || call.Has(_credentials) || call.Has(_privateKey);
        if (!files)
            return type.Draft(name, values);
        if (values.Count > 0)
            throw new UsageException("A typed secret is made of files or of pairs, not of both.");
        return type switch
        {
            S3SecretType s3 => s3.FromFiles(name, Path(call, _config), Path(call, _credentials), call.Get(_profile), call.Get(_endpoint)),
            OciSecretType oci => oci.FromFiles(name, Path(call, _config), Path(call, _privateKey)),
            GcpSecretType gcp => gcp.FromFile(name, Path(call, _file)),
            SftpSecretType sftp => sftp.FromFiles(Path(call, _file), Path(call, _knownHosts), name),
            SshSecretType ssh => ssh.FromFile(Path(call, _file), name, call.Has(_knownHosts) ? Path(call, _knownHosts) : null),
            MountedSecretType mounted => mounted.FromFile(Path(call, _file), name),
            DockerSecretType docker => docker.FromConfigFile(name, Path(call, _config)),
            _ => throw new UsageException($"A secret of type {type.Id} is made of pairs, not of files: key=@file."),
        };
    }

    private static string Path(CommandCall call, Option<string?> option) => call.Get(option) is { } path
        ? call.Environment.FullPath(path)
        : throw new UsageException($"This type needs {option.Name}.");
}
