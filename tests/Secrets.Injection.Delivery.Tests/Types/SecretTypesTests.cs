using System.Text;
using System.Text.Json;
using Amazon.Runtime.CredentialManagement;
using Secrets.Injection.Delivery.Tests.Formats;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Types;

[TestFixture]
public sealed class SecretTypesTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    [TestCase("env", "env"), TestCase("environment", "env"), TestCase("docker-registry", "docker"), TestCase("docker_registry", "docker"), TestCase("hugging_face", "hf")]
    [TestCase("git", "git-ssh"), TestCase("sftp", "sftp-ssh"), TestCase("s3_credentials", "s3"), TestCase("r2", "s3"), TestCase("S3", "s3")]
    [Behaviour("M04", "M05", "M06", "M07", "M08")]
    public void A_type_is_found_by_each_of_its_words(string word, string id) => Assert.That(SecretTypeRegistry.Default.Get(word).Id, Is.EqualTo(id));

    [TestCase("env", "environment"), TestCase("docker", "docker_registry"), TestCase("hf", "hugging_face"), TestCase("git-ssh", "git"), TestCase("sftp-ssh", "sftp")]
    [Behaviour("M04", "M05", "M06", "M07")]
    public void A_type_is_listed_as_its_users_know_it(string id, string listed) => Assert.That(SecretTypeRegistry.Default.Get(id).ListedAs, Is.EqualTo(listed));

    [Test]
    public void An_unknown_type_is_refused_with_the_list() =>
        Refused(() => SecretTypeRegistry.Default.Get("nonesuch"), "unknown-type", Does.Contain("git-ssh"));

    [Test, Behaviour("M09")]
    public void An_env_secret_with_HF_TOKEN_is_a_hugging_face_secret()
    {
        SecretProperties properties = new(SecretAddress.Public("token"), new SecretVersion("1")) { Type = "env", KeyNames = ["HF_TOKEN"] };
        Assert.That(SecretTypeRegistry.Default.TypeOf(properties)!.ListedAs, Is.EqualTo("hugging_face"));
        Assert.That(SecretTypeRegistry.Default.TypeOf(properties with { KeyNames = ["OTHER"] })!.ListedAs, Is.EqualTo("environment"));
    }

    [Test, Behaviour("M10", "M15")]
    public void An_env_pair_is_split_at_the_first_equals_sign_and_named_after_its_key()
    {
        SecretDraft draft = SecretTypes.Environment.FromPair("MY_KEY=a=b=");
        Assert.That(draft.Values["MY_KEY"].RevealString(), Is.EqualTo("a=b="));
        Assert.That(draft.Name, Is.EqualTo("my-key"));
        Assert.That(draft.Options.Type, Is.EqualTo("env"));
    }

    [Test, Behaviour("M14")]
    public void An_env_secret_may_have_another_name_than_its_key() =>
        Assert.That(SecretTypes.Environment.FromPair("WANDB_API_KEY=not-a-real-key", "wandb").Name, Is.EqualTo("wandb"));

    [TestCase("1A=1"), TestCase("A-B=1"), TestCase("=x"), TestCase("A B=1"), Behaviour("M11")]
    public void An_env_key_that_is_no_variable_name_is_refused(string pair) => Refused(() => SecretTypes.Environment.FromPair(pair), "variable-name");

    [TestCase("A=x\ny"), TestCase("A=x\r"), Behaviour("M12")]
    public void An_env_pair_with_a_line_end_is_refused(string pair) => Refused(() => SecretTypes.Environment.FromPair(pair), "line-end");

    [Test, Behaviour("M13")]
    public void An_env_pair_without_a_value_says_so_and_the_value_may_follow()
    {
        Refused(() => SecretTypes.Environment.FromPair("A="), "empty-value");
        Assert.That(SecretTypes.Environment.FromValue("A", "asked-for").Values["A"].RevealString(), Is.EqualTo("asked-for"));
    }

    [TestCase("my_id_rsa", "my-id-rsa"), TestCase("X_", "x1"), TestCase("_X", "11"), TestCase("NAME", "name"), Behaviour("M15", "M39")]
    public void A_default_name_is_normalised(string text, string name) => Assert.That(DefaultSecretNames.Normalize(text), Is.EqualTo(name));

    [Test, Behaviour("M39", "M40")]
    public void A_key_is_named_after_its_file_unless_named()
    {
        string path = KeyFiles.Make(_directory.Path, "my_id_rsa");
        Assert.That(SecretTypes.Ssh.FromFile(path).Name, Is.EqualTo("my-id-rsa"));
        Assert.That(SecretTypes.Ssh.FromFile(path, "my-ssh").Name, Is.EqualTo("my-ssh"));
    }

    [Test, Behaviour("M41")]
    public void A_missing_key_file_is_refused_with_its_path()
    {
        string path = Path.Combine(_directory.Path, "nothing-here");
        Refused(() => SecretTypes.GitSsh.FromFile(path), "file", Does.Contain(path));
    }

    [TestCase("ed25519", null), TestCase("rsa", null), TestCase("rsa", "PEM"), TestCase("rsa", "PKCS8"), TestCase("ecdsa", "PEM")]
    public void A_key_with_a_passphrase_is_refused_with_the_command_that_removes_it(string type, string? format)
    {
        string open = KeyFiles.Make(_directory.Path, "open", "", type, format);
        string locked = KeyFiles.Make(_directory.Path, "locked", "a passphrase", type, format);

        Assert.That(SecretTypes.Ssh.FromFile(open).Values["private_key"].RevealString(), Does.StartWith("-----BEGIN"));
        SecretException e = Refused(() => SecretTypes.Ssh.FromFile(locked), "key-passphrase");
        string command = e.Message[e.Message.IndexOf("ssh-keygen -p -N ''", StringComparison.Ordinal)..];
        Assert.That(Tool.Run("sh", ["-c", command.Replace("-p ", "-p -P 'a passphrase' ")]).ExitCode, Is.Zero, "the command in the message works");
        Assert.That(() => SecretTypes.Ssh.FromFile(locked), Throws.Nothing);
    }

    [Test]
    public void A_public_key_and_other_files_are_refused()
    {
        string key = KeyFiles.Make(_directory.Path, "key");
        Refused(() => SecretTypes.Ssh.FromFile(key + ".pub"), "key-public");
        Refused(() => SecretTypes.Ssh.FromFile(Written("noise", "hello")), "key-format");
        Refused(() => SecretTypes.Ssh.FromFile(Written("putty", "PuTTY-User-Key-File-3: ssh-ed25519\n")), "key-format", Does.Contain("puttygen"));
    }

    [Test]
    public void A_key_with_windows_line_ends_is_stored_as_ssh_wants_it()
    {
        string key = KeyFiles.Make(_directory.Path, "key");
        string text = File.ReadAllText(key);
        string windows = Written("windows", text.Replace("\n", "\r\n").TrimEnd());
        Assert.That(SecretTypes.Ssh.FromFile(windows).Values["private_key"].RevealString(), Is.EqualTo(text));
    }

    [Test, Behaviour("M54", "M58")]
    public void S3_files_are_read_by_the_aws_sdk_from_what_is_stored()
    {
        string config = Written("config", "[default]\n");
        string credentials = Written("credentials", "# mine\n[default]\naws_access_key_id = not-a-real-id\naws_secret_access_key=not-a-real-key=\n\n[other]\naws_access_key_id=other-id\naws_secret_access_key=other-key\n");
        SecretDraft draft = SecretTypes.S3.FromFiles("my-s3", config, credentials);

        string stored = Written("stored", draft.Values["credentials"].RevealString());
        SharedCredentialsFile file = new(stored);
        Assert.That(file.ListProfileNames(), Is.EquivalentTo(new[] { "default", "other" }));
        Assert.That(file.TryGetProfile("default", out CredentialProfile profile), Is.True);
        Assert.That(profile.Options.SecretKey, Is.EqualTo("not-a-real-key="));
        Assert.That(draft.Values.ContainsKey("profile"), Is.False);
    }

    [TestCase(""), TestCase("# nothing\n"), Behaviour("M55")]
    public void S3_credentials_without_a_profile_are_refused(string credentials) =>
        Refused(() => SecretTypes.S3.FromFiles("s3", Written("config", "[default]"), Written("credentials", credentials)), "aws-no-profile");

    [Test, Behaviour("M56")]
    public void An_unknown_s3_profile_is_refused_with_the_choices() =>
        Refused(() => SecretTypes.S3.FromFiles("s3", Written("config", "[default]"), Written("credentials", "[a]\nx=1\n[b]\nx=1\n"), "c"), "aws-unknown-profile", Does.Contain("a, b"));

    [TestCase("[only]\nx=1", "only"), TestCase("[default]\nx=1\n[b]\nx=1", null), TestCase("[a]\nx=1\n[b]\nx=1", "?"), Behaviour("M57")]
    public void The_s3_profile_is_the_only_one_or_default_or_must_be_named(string credentials, string? profile)
    {
        SecretDraft Make() => SecretTypes.S3.FromFiles("s3", Written("config", "[default]"), Written("credentials", credentials));
        if (profile == "?") Refused(() => Make(), "aws-ambiguous-profile");
        else Assert.That(Make().Values.TryGetValue("profile", out SecretValue? value) ? value!.RevealString() : null, Is.EqualTo(profile));
    }

    [TestCase("x=1\n"), TestCase("[default]\nnot a setting\n"), TestCase("[]\n")]
    public void An_s3_file_that_is_not_ini_is_refused_by_line(string text) =>
        Refused(() => SecretTypes.S3.FromFiles("s3", Written("config", text), Written("credentials", "[default]\nx=1")), "aws-config", Does.Contain("line"));

    [Test, Behaviour("M65")]
    public void A_bad_oci_config_is_refused()
    {
        string key = KeyFiles.Make(_directory.Path, "key", "", "rsa", "PKCS8");
        Refused(() => SecretTypes.Oci.FromFiles("oci", Written("config", "[ADMIN]\nuser=x\n"), key), "oci-config", Does.Contain("[DEFAULT]"));
        Refused(() => SecretTypes.Oci.FromFiles("oci", Written("config", "[DEFAULT]\nuser=x\nregion=y\n"), key), "oci-config", Does.Contain("fingerprint, tenancy"));
    }

    [Test, Behaviour("M64")]
    public void The_oci_key_file_is_rewritten_in_the_default_section_only_and_python_reads_it()
    {
        const string Config = "# comment\r\n[DEFAULT]\nUser=a ; not a comment\nkey_file = ~/.oci/oci_api_key.pem\nregion=us-ashburn-1\n\n[ADMIN_USER]\nkey_file=keys/admin_key.pem\npass_phrase=p\n";
        string rewritten = OciConfig.WithKeyFile(Config, "/secrets/my oci/key_file");

        Assert.That(rewritten, Is.EqualTo(Config.Replace("~/.oci/oci_api_key.pem", "/secrets/my oci/key_file")), "nothing else changes");
        Tool.Require("python3");
        string read = Tool.Output("python3", "-c", "import configparser,sys; c=configparser.ConfigParser(interpolation=None); c.read(sys.argv[1]); print(c['DEFAULT']['key_file'], c['ADMIN_USER']['key_file'], sep='|')", Written("oci", rewritten));
        Assert.That(read.Trim(), Is.EqualTo("/secrets/my oci/key_file|keys/admin_key.pem"));
    }

    [TestCase("[DEFAULT]\nuser=a\n[B]\nkey_file=b\n", "[DEFAULT]\nkey_file=/k\nuser=a\n[B]\nkey_file=b\n"), TestCase("[DEFAULT]", "[DEFAULT]\nkey_file=/k\n")]
    public void An_oci_config_without_a_key_file_gets_one(string config, string expected) => Assert.That(OciConfig.WithKeyFile(config, "/k"), Is.EqualTo(expected));

    [TestCase("nonsense"), TestCase("[]"), TestCase("{}"), TestCase("""{"type":"other"}"""), TestCase("""{"type":"service_account","project_id":"p"}""")]
    [TestCase("""{"type":"service_account","project_id":"p","private_key_id":"k","private_key":"none","client_email":"e","token_uri":"t"}""")]
    public void A_gcp_file_that_is_none_is_refused_without_showing_it(string text) =>
        Refused(() => SecretTypes.Gcp.FromFile("gcp", Written("gcp.json", text)), "gcp-credentials", Does.Not.Contain("nonsense"));

    [Test]
    public void A_gcp_file_is_stored_byte_for_byte()
    {
        const string Text = """{ "type": "service_account", "project_id": "p", "private_key_id": "k", "private_key": "-----BEGIN PRIVATE KEY-----\nnot-a-real-key\n-----END PRIVATE KEY-----\n", "client_email": "e", "token_uri": "t" }""";
        Assert.That(SecretTypes.Gcp.FromFile("gcp", Written("gcp.json", Text)).Values["credentials"].RevealString(), Is.EqualTo(Text));
    }

    [Test, Behaviour("M69")]
    public void A_hugging_face_token_must_begin_with_hf()
    {
        string canary = Canary.Text();
        Refused(() => SecretTypes.HuggingFace.Draft("hf", new() { ["token"] = canary }), "hf-token", Does.Not.Contain(canary));
        Assert.That(() => SecretTypes.HuggingFace.Draft("hf", new() { ["token"] = "hf_not-a-real-token" }), Throws.Nothing);
    }

    [Test, Behaviour("M70")]
    public void The_default_registry_is_docker_hub() =>
        Assert.That(SecretTypes.Docker.FromCredentials("d", "u", "p").Values["server"].RevealString(), Is.EqualTo("https://index.docker.io/v1/"));

    [Test, Behaviour("M71")]
    public void The_docker_config_has_the_fields_that_docker_reads_and_is_read_back()
    {
        SecretDraft draft = SecretTypes.Docker.FromCredentials("d", "user", "pass:word\"é", "registry.example.test", "u@example.test");
        SecretValue json = SecretTypes.Docker.ConfigJson(draft.Values);

        using JsonDocument document = JsonDocument.Parse(json.RevealBytes());
        JsonElement entry = document.RootElement.GetProperty("auths").GetProperty("registry.example.test");
        Assert.That(entry.GetProperty("username").GetString(), Is.EqualTo("user"));
        Assert.That(entry.GetProperty("password").GetString(), Is.EqualTo("pass:word\"é"));
        Assert.That(Encoding.UTF8.GetString(entry.GetProperty("auth").GetBytesFromBase64()), Is.EqualTo("user:pass:word\"é"));
        Assert.That(entry.GetProperty("email").GetString(), Is.EqualTo("u@example.test"));
        SecretDraft back = SecretTypes.Docker.FromConfigFile("d", Written("config.json", json.RevealString()));
        Assert.That(back.Values["password"].RevealString(), Is.EqualTo("pass:word\"é"));
    }

    [Test, Behaviour("M71")]
    public void The_docker_config_is_what_kubectl_makes()
    {
        Tool.Require("kubectl");
        SecretDraft draft = SecretTypes.Docker.FromCredentials("d", "user", "pass word", "registry.example.test", "u@example.test");
        string made = Tool.Output("kubectl", "create", "secret", "docker-registry", "d", "--dry-run=client", "-o", "json",
            "--docker-server=registry.example.test", "--docker-username=user", "--docker-password=pass word", "--docker-email=u@example.test");
        using JsonDocument theirs = JsonDocument.Parse(made);
        byte[] config = theirs.RootElement.GetProperty("data").GetProperty(".dockerconfigjson").GetBytesFromBase64();

        Assert.That(System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(config), System.Text.Json.Nodes.JsonNode.Parse(SecretTypes.Docker.ConfigJson(draft.Values).RevealBytes())), Is.True);
    }

    [TestCase("openai", "OPENAI_API_KEY"), TestCase("github", "GITHUB_TOKEN"), TestCase("wandb", "WANDB_API_KEY"), TestCase("hf", "HF_TOKEN"), TestCase("aws", "AWS_SECRET_ACCESS_KEY")]
    [Behaviour("B23", "B24", "B25", "B26")]
    public void A_template_exports_the_variable_of_its_tool(string id, string variable) =>
        Assert.That(SecretTypeRegistry.Default.Get(id).Variables.Select(static v => v.Name), Does.Contain(variable));

    [Test]
    public void Missing_and_unknown_keys_are_refused_by_name()
    {
        Refused(() => SecretTypes.Databricks.Draft("d", new() { ["host"] = "h" }), "type-missing-key", Does.Contain("token"));
        Refused(() => SecretTypes.Databricks.Draft("d", new() { ["host"] = "h", ["token"] = "t", ["extra"] = "x" }), "type-unknown-key", Does.Contain("extra"));
    }

    [Test]
    public void A_host_adds_a_type_of_its_own()
    {
        SecretType type = new("jira") { Keys = [new("token")], Variables = [new("JIRA_TOKEN") { Key = "token" }] };
        SecretTypeRegistry registry = SecretTypeRegistry.Default.With(type);
        Assert.That(registry.Get("jira"), Is.SameAs(type));
        Assert.That(SecretTypeRegistry.Default.Find("jira"), Is.Null);
    }

    [TestCase("k"), TestCase("=v"), TestCase("k="), Behaviour("B01", "B03")]
    public void A_pair_without_key_or_value_is_refused(string pair) => Refused(() => SecretInput.ParsePairs([pair]), "pair");

    [Test, Behaviour("B04")]
    public void No_pairs_is_refused() => Refused(() => SecretInput.ParsePairs([]), "pair", Does.Contain("At least one"));

    [Test, Behaviour("B01", "B02", "B05")]
    public void Pairs_are_split_at_the_first_equals_sign_and_files_are_read_untrimmed()
    {
        SecretValues values = SecretInput.ParsePairs(["a=1", "b=x=y", "c=@" + Written("value", " text\n\n"), "d=@@at"]);
        Assert.That(values.Select(static p => p.Value.RevealString()), Is.EqualTo(new[] { "1", "x=y", " text\n\n", "@at" }));
    }

    [Test, Behaviour("B06")]
    public void A_directory_is_no_value_file() => Refused(() => SecretInput.ParsePairs(["a=@" + _directory.Path]), "file", Does.Contain("directory"));

    [Test, Behaviour("B07")]
    public void The_later_of_two_dotenv_files_wins()
    {
        SecretDraft draft = SecretTypes.Environment.FromDotEnv("env", Written("1.env", "A=1\nB=1\nbad line"), Written("2.env", "B=2"));
        Assert.That(draft.Values["A"].RevealString() + draft.Values["B"].RevealString(), Is.EqualTo("12"));
        Assert.That(draft.Notices.Single(), Does.Contain("1.env: line 3"));
    }

    [Test]
    public void Known_hosts_show_the_fingerprint_that_ssh_keygen_shows()
    {
        string key = KeyFiles.Make(_directory.Path, "host");
        string[] words = File.ReadAllText(key + ".pub").Split(' ');
        string path = Written("known_hosts", $"# comment\nexample.test {words[0]} {words[1]}\n");
        KnownHost host = KnownHost.ParseFile(File.ReadAllText(path)).Single();
        Assert.That(Tool.Output("ssh-keygen", "-lf", path), Does.Contain(host.Fingerprint));
        Refused(() => KnownHost.ParseFile("just one"), "known-hosts");
    }

    private string Written(string name, string text)
    {
        string path = Path.Combine(_directory.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static SecretException Refused(Action act, string reason, NUnit.Framework.Constraints.IResolveConstraint? message = null)
    {
        SecretException e = Assert.Throws<SecretException>(act)!;
        Assert.That(e.Code, Is.EqualTo(SecretErrorCode.InvalidArgument));
        Assert.That(e.Reason, Is.EqualTo(reason));
        if (message is not null) Assert.That(e.Message, message);
        return e;
    }
}
