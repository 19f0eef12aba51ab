using System.Text;
using System.Text.Json;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Exports;

[TestFixture, Platform(Exclude = "Win")]
public sealed class SecretExportTests
{
    private static readonly Dictionary<string, string> Awkward = new()
    {
        ["PLAIN"] = "abc", ["EMPTY"] = "", ["QUOTES"] = "it's \"quoted\" \\ `id`", ["DOLLAR"] = "$HOME ${X} $(id)", ["LINES"] = "a\nb\n", ["YES"] = "no", ["NUMBER"] = "1e3", ["UNICODE"] = "é€\U0001F511 ", ["COLON"] = "a: b # c",
    };

    private DeliveryClient _client = null!;
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public async Task Prepare()
    {
        _client = new DeliveryClient();
        _directory = new TemporaryDirectory();
        await _client.Put("env", new SecretValues(Awkward.Select(static p => KeyValuePair.Create(p.Key, SecretValue.FromString(p.Value)))), "env");
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("cert", SecretValue.FromBytes([0xFF, 0, 1])));
    }

    [TearDown]
    public async Task Clean()
    {
        await _client.DisposeAsync();
        _directory.Dispose();
    }

    [Test]
    public async Task A_shell_reads_the_exported_lines()
    {
        string path = _directory.Write("export.sh", await Exported(SecretExportFormat.Shell));
        foreach ((string key, string value) in Awkward) Assert.That(Tool.Output("sh", "-c", $". {path}; printf '%s.' \"${key}\""), Is.EqualTo(value + "."), key);
    }

    [TestCase(SecretExportFormat.Json, "json"), TestCase(SecretExportFormat.Yaml, "yaml")]
    public async Task Python_reads_the_exported_data(SecretExportFormat format, string module)
    {
        Tool.Require("python3");
        Assume.That(Tool.Run("python3", ["-c", $"import {module}"]).ExitCode, Is.Zero, $"python's {module} is not installed");
        string path = _directory.Write("data", await Exported(format));
        string load = module == "json" ? "json.load" : "yaml.safe_load";
        string json = Tool.Output("python3", "-c", $"import json,{module},sys; print(json.dumps({load}(open('{path}', encoding='utf-8'))))");
        Assert.That(JsonSerializer.Deserialize<Dictionary<string, string>>(json), Is.EquivalentTo(Awkward));
    }

    [Test]
    public async Task A_dotenv_file_is_read_back()
    {
        DotEnvFile file = DotEnvFile.Parse(await Exported(SecretExportFormat.DotEnv));
        Assert.That(file.Values.ToDictionary(static p => p.Key, static p => p.Value.RevealString()), Is.EquivalentTo(Awkward));
        Assert.That(file.Warnings, Is.Empty);
    }

    [Test]
    public async Task Kubectl_reads_the_manifest_with_variables_and_files()
    {
        Tool.Require("kubectl");
        InjectionPlan plan = await _client.PlanInjectionAsync(["env", "cert"]);
        string path = _directory.Write("secret.yaml", plan.Export(SecretExportFormat.KubernetesSecret, "my-app").RevealString());
        using JsonDocument read = JsonDocument.Parse(Tool.Output("kubectl", "label", "--local", "-f", path, "-o", "json", "read=yes"));
        JsonElement data = read.RootElement.GetProperty("data");
        Assert.That(read.RootElement.GetProperty("metadata").GetProperty("name").GetString(), Is.EqualTo("my-app"));
        foreach ((string key, string value) in Awkward) Assert.That(Encoding.UTF8.GetString(data.GetProperty(key).GetBytesFromBase64()), Is.EqualTo(value), key);
        Assert.That(data.GetProperty("cert.secret").GetBytesFromBase64(), Is.EqualTo(new byte[] { 0xFF, 0, 1 }));
        Assert.That(data.TryGetProperty("SECRET_PATH_CERT", out _), Is.False, "a path means nothing there");
    }

    [TestCase("My_Name"), TestCase(""), TestCase("-x"), TestCase("a\nb")]
    public async Task A_name_that_kubernetes_refuses_is_refused(string name)
    {
        InjectionPlan plan = await _client.PlanInjectionAsync(["env"]);
        Assert.That(() => plan.Export(SecretExportFormat.KubernetesSecret, name), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("kubernetes-name"));
    }

    [Test]
    public async Task Systemd_reads_the_credentials_directory()
    {
        InjectionPlan plan = await _client.PlanInjectionAsync(["env", "cert"]);
        string path = _directory["credentials"];
        IReadOnlyList<string> names = plan.WriteCredentialsDirectory(path);

        Assert.That(names, Does.Contain("PLAIN").And.Contain("cert.secret"));
        Assert.That(UnixModes.Get(path), Is.EqualTo((UnixFileMode)0b111_000_000));
        Assert.That(names.Select(name => UnixModes.Get(Path.Combine(path, name))), Has.All.EqualTo(UnixFileMode.UserRead));
        Assert.That(File.ReadAllBytes(Path.Combine(path, "cert.secret")), Is.EqualTo(new byte[] { 0xFF, 0, 1 }));
        Assert.That(() => plan.WriteCredentialsDirectory(path), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.AlreadyExists), "nothing is overwritten");
        Tool.Require("systemd-creds");
        ToolResult read = Tool.Run("systemd-creds", ["cat", "QUOTES", "--newline=no"], new Dictionary<string, string> { ["CREDENTIALS_DIRECTORY"] = path });
        Assert.That(read.Output, Is.EqualTo(Awkward["QUOTES"]), read.Error);
    }

    [Test]
    public async Task A_directory_that_takes_only_some_of_the_files_is_left_as_it_was([Values] bool existed)
    {
        // With '.secret' behind it no file system takes the name; it comes last.
        string name = new('z', 253);
        await _client.Put("first", new() { ["A"] = "canary-first" }, "env");
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue(name, SecretValue.FromString("canary-last")));
        InjectionPlan plan = await _client.PlanInjectionAsync(["first", name]);
        string path = _directory["credentials"];
        if (existed)
            Directory.CreateDirectory(path);
        SecretException refused = Assert.Throws<SecretException>(() => plan.WriteCredentialsDirectory(path))!;
        Assert.Multiple(() =>
        {
            Assert.That((refused.Code, refused.Reason), Is.EqualTo((SecretErrorCode.Unavailable, "mount-io")));
            Assert.That(refused.Message, Does.Contain("written to").And.Contain("Nothing was left there"));
            Assert.That(refused.ToString(), Does.Not.Contain("canary"));
            Assert.That(Directory.Exists(path), Is.EqualTo(existed));
            Assert.That(Directory.Exists(path) ? Directory.GetFileSystemEntries(path) : [], Is.Empty);
        });
    }

    [Test]
    public async Task Github_masks_are_given_line_by_line()
    {
        await _client.Put("key", new() { ["K"] = "line one\r\nline %two\n" });
        string masks = (await _client.PlanInjectionAsync(["key"])).Export(SecretExportFormat.GitHubActionsMasks).RevealString();
        Assert.That(masks, Is.EqualTo("::add-mask::line one\n::add-mask::line %25two\n"));
    }

    [Test]
    public async Task A_value_cannot_break_out_of_the_github_environment_file()
    {
        await _client.Put("key", new() { ["K"] = "x\nEOF\nEVIL=1\nend_\n" });
        string text = (await _client.PlanInjectionAsync(["key"])).Export(SecretExportFormat.GitHubActionsEnvironment).RevealString();
        string[] lines = text.TrimEnd('\n').Split('\n');
        string delimiter = lines[0]["K<<".Length..];
        Assert.That(delimiter, Has.Length.EqualTo(36));
        Assert.That(Array.IndexOf(lines, delimiter), Is.EqualTo(lines.Length - 1));
    }

    [Test, Behaviour("B35", "B36")]
    public async Task Build_stage_variables_are_docker_build_secrets_and_need_buildkit()
    {
        await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("NPM_TOKEN=not-a-real-token").ForStage(SecretStage.Build));
        InjectionPlan plan = await _client.PlanInjectionAsync(["npm-token"], new InjectionOptions { Stage = SecretStage.Build });
        Assert.That(plan.ToDockerBuild().BuildArguments, Is.EqualTo(new[] { "--secret", "id=NPM_TOKEN,env=NPM_TOKEN" }));
        Assert.That(plan.ToDockerBuild().MountFlags, Is.EqualTo(new[] { "--mount=type=secret,id=NPM_TOKEN" }));
        Environment.SetEnvironmentVariable("DOCKER_BUILDKIT", "0");
        try
        {
            Assert.That(() => plan.ToDockerBuild(), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("no-buildkit"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_BUILDKIT", null);
        }
    }

    private async Task<string> Exported(SecretExportFormat format) => (await _client.PlanInjectionAsync(["env"])).Export(format).RevealString();
}
