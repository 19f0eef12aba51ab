using System.Diagnostics;
using System.Globalization;
using System.Text;
using Secrets.Injection.Delivery.Tests.Formats;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.RealTools;

/// <summary>git, sftp and ssh-keygen use what is exported, against a real server.</summary>
[TestFixture, Platform(Exclude = "Win"), NonParallelizable]
public sealed class SshToolsTests
{
    private TemporaryDirectory _directory = null!;
    private DeliveryClient _client = null!;
    private SshServer _server = null!;
    private string _key = null!;

    [SetUp]
    public void Prepare()
    {
        _directory = new TemporaryDirectory();
        _client = new DeliveryClient();
        _key = KeyFiles.Make(_directory.Path, "client_key");
        _server = new SshServer(_directory.Path, _key);
    }

    [TearDown]
    public async Task Clean()
    {
        _server?.Dispose();
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    [Test, Behaviour("M36", "M42")]
    public async Task Git_clones_with_the_exported_command([Values] bool checksHost)
    {
        string repository = _directory["repository"];
        Tool.Output("git", "init", "-q", repository);
        File.WriteAllText(Path.Combine(repository, "file"), "content");
        Tool.Output("git", "-C", repository, "add", ".");
        Tool.Output("git", "-C", repository, "-c", "user.name=test", "-c", "user.email=test@example.test", "commit", "-qm", "one");
        string? hosts = checksHost ? _directory.Write("hosts", _server.KnownHosts) : null;
        await _client.CreateSecretAsync(SecretTypes.GitSsh.FromFile(_key, "my-key", hosts));

        int exit = await Run(["my-key"], "git", "clone", "-q", Url(repository), _directory["clone"]);

        Assert.That(exit, Is.Zero);
        Assert.That(File.ReadAllText(_directory["clone", "file"]), Is.EqualTo("content"));
    }

    [Test]
    public async Task Git_refuses_a_host_whose_key_is_another()
    {
        string other = KeyFiles.Make(_directory.Path, "other_host");
        string hosts = _directory.Write("hosts", $"[127.0.0.1]:{_server.Port} {string.Join(' ', File.ReadAllText(other + ".pub").Split(' ')[..2])}\n");
        await _client.CreateSecretAsync(SecretTypes.GitSsh.FromFile(_key, "my-key", hosts));
        Assert.That(await Run(["my-key"], "git", "clone", "-q", Url(_directory.Path), _directory["clone"]), Is.Not.Zero);
    }

    [Test, Behaviour("M44", "M45", "M46", "M48")]
    public async Task Sftp_connects_with_the_exported_key_and_known_hosts()
    {
        List<string> shown = [];
        SecretDraft draft = await SecretTypes.SftpSsh.FromServerAsync(_key, "127.0.0.1", keys =>
        {
            shown.AddRange(keys.Select(static key => key.Fingerprint));
            return true;
        }, _server.Port, "sftp");
        await _client.CreateSecretAsync(draft);
        _directory.Write("remote.txt", "over sftp");

        int exit = await Run(["sftp"], "sh", "-c", $"echo \"get {_directory["remote.txt"]} {_directory["local.txt"]}\" | sftp -b - -o StrictHostKeyChecking=yes -o UserKnownHostsFile=\"$COMPOSER_SFTP_KNOWN_HOSTS_FILE\" -i \"$COMPOSER_SFTP_KEY_FILE\" -P {_server.Port} {Environment.UserName}@127.0.0.1");

        Assert.That(exit, Is.Zero);
        Assert.That(File.ReadAllText(_directory["local.txt"]), Is.EqualTo("over sftp"));
        Assert.That(shown, Has.Some.EqualTo(Tool.Output("ssh-keygen", "-lf", _server.HostKey + ".pub").Split(' ')[1]));
    }

    [Test, Behaviour("M48", "M49", "M50")]
    public async Task Host_keys_are_confirmed_or_accepted_with_a_notice_and_a_host_is_needed()
    {
        Assert.That(async () => await SecretTypes.SftpSsh.FromServerAsync(_key, "127.0.0.1", static _ => false, _server.Port), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("host-not-confirmed"));
        SecretDraft unseen = await SecretTypes.SftpSsh.FromServerAsync(_key, "127.0.0.1", null, _server.Port);
        Assert.That(unseen.Notices.Single(), Does.Contain("unseen").And.Contain("SHA256:"));
        foreach (string host in (string[])["", " ", "-oProxyCommand=x"])
            Assert.That(async () => await SecretTypes.SftpSsh.FromServerAsync(_key, host, null), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("ssh-host"));
    }

    [Test]
    public async Task Ssh_keygen_accepts_the_mounted_key_at_its_mode()
    {
        await _client.CreateSecretAsync(SecretTypes.Ssh.FromFile(_key, "key"));
        await using SecretMount mount = await (await _client.PlanInjectionAsync(["key"])).MountAsync(_directory["mount"]);
        string publicKey = Tool.Output("ssh-keygen", "-y", "-f", mount.Files.Single());
        Assert.That(publicKey.Split(' ')[1], Is.EqualTo(File.ReadAllText(_key + ".pub").Split(' ')[1]));
    }

    private string Url(string path) => string.Create(CultureInfo.InvariantCulture, $"ssh://{Environment.UserName}@127.0.0.1:{_server.Port}{path}");

    private async Task<int> Run(string[] secrets, string program, params string[] arguments)
    {
        MemoryStream output = new();
        ProcessStartInfo start = new(program);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["HOME"] = _directory.Path;
        int exit = await _client.RunAsync(start, await _client.PlanInjectionAsync(secrets), new SecretRunOptions { Output = output, Error = output });
        if (exit != 0) TestContext.Out.WriteLine(Encoding.UTF8.GetString(output.ToArray()));
        return exit;
    }
}
