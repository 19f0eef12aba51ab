// Long because it has one test for each row of the behaviour table that a plan answers.
using System.Diagnostics;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Plans;

[TestFixture]
public sealed class InjectionPlanTests
{
    private DeliveryClient _client = null!;

    [SetUp]
    public void MakeClient() => _client = new DeliveryClient();

    [TearDown]
    public async Task DisposeClient() => await _client.DisposeAsync();

    [Test, Behaviour("M30", "M31", "M35", "M37", "M38")]
    public async Task A_mounted_secret_is_a_file_and_a_path_variable()
    {
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("my-file.v2", "content"));
        InjectionPlan plan = await _client.PlanInjectionAsync(["my-file.v2"]);

        Assert.That(plan.Files.Single().Path, Is.EqualTo("/secrets/my-file.v2/secret"));
        Assert.That(plan.Files.Single().Mode, Is.EqualTo((UnixFileMode)0b110_100_100));
        Assert.That(Values(plan), Is.EqualTo(new Dictionary<string, string> { ["SECRET_PATH_MY_FILE_V2"] = "/secrets/my-file.v2/secret" }));
    }

    [Test, Behaviour("M32")]
    public async Task A_mount_path_is_absolute_and_moves_the_file()
    {
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("m", "content").MountAt("/etc/mine"));
        Assert.That((await _client.PlanInjectionAsync(["m"])).Files.Single().Path, Is.EqualTo("/etc/mine/secret"));
        Assert.That(() => SecretTypes.Mounted.FromValue("m", "content").MountAt("relative"), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("mount-path"));
    }

    [Test, Behaviour("M36", "M42")]
    public async Task A_git_key_is_exported_with_the_command_that_git_reads()
    {
        await _client.Put("my-key", new() { ["private_key"] = "not-a-real-key" }, "git-ssh");
        InjectionPlan plan = await _client.PlanInjectionAsync(["my-key"]);

        Assert.That(Values(plan)["GIT_SSH_COMMAND"], Is.EqualTo("ssh -o StrictHostKeyChecking=no -i /secrets/my-key/secret"));
        Assert.That(Values(plan)["SECRET_PATH_MY_KEY"], Is.EqualTo("/secrets/my-key/secret"));
        Assert.That(plan.Files.Single().Mode, Is.EqualTo(UnixFileMode.UserRead));
    }

    [Test]
    public async Task A_git_key_with_host_keys_checks_the_host()
    {
        await _client.Put("my-key", new() { ["private_key"] = "not-a-real-key", ["known_hosts"] = "h ssh-ed25519 AAAA" }, "git-ssh");
        InjectionPlan plan = await _client.PlanInjectionAsync(["my-key"]);
        Assert.That(plan.GetVariables("/a b")["GIT_SSH_COMMAND"].RevealString(),
            Is.EqualTo("ssh -o StrictHostKeyChecking=yes -o UserKnownHostsFile='/a b/my-key/known_hosts' -o IdentitiesOnly=yes -i '/a b/my-key/secret'"));
    }

    [TestCase("git-ssh"), TestCase("sftp-ssh"), Behaviour("M43", "M47")]
    public async Task A_second_key_of_the_same_kind_is_refused_and_pointed_to_ssh(string type)
    {
        await _client.Put("one", new() { ["private_key"] = "a", ["known_hosts"] = "h" }, type);
        await _client.Put("two", new() { ["private_key"] = "b", ["known_hosts"] = "h" }, type);
        InjectionPlan plan = await _client.PlanInjectionAsync(["one", "two"]);

        Assert.That(plan.Conflicts.Single().Kind, Is.EqualTo(InjectionConflictKind.OnlyOne));
        Assert.That(plan.Conflicts.Single().Message, Does.Contain("'one'").And.Contain("'two'").And.Contain("type ssh"));
        Assert.That((await _client.PlanInjectionAsync(["one", "one"])).Conflicts, Is.Empty, "the same one twice is one");
    }

    [Test, Behaviour("M44", "M45", "M46")]
    public async Task An_sftp_key_is_exported_for_composer()
    {
        await _client.Put("sftp", new() { ["private_key"] = "a", ["known_hosts"] = "h" }, "sftp-ssh");
        Dictionary<string, string> values = Values(await _client.PlanInjectionAsync(["sftp"]));
        Assert.That(values["COMPOSER_SFTP_KEY_FILE"], Is.EqualTo("/secrets/sftp/secret"));
        Assert.That(values["COMPOSER_SFTP_KNOWN_HOSTS_FILE"], Is.EqualTo("/secrets/sftp/composer_sftp_known_hosts"));
    }

    [Test, Behaviour("M51", "M52", "M53", "M59")]
    public async Task An_s3_secret_is_two_files_two_variables_and_an_endpoint()
    {
        await _client.Put("s3", new() { ["config"] = "[default]", ["credentials"] = "[default]\nx=1", ["endpoint_url"] = "https://r2.example.test" }, "s3_credentials");
        InjectionPlan plan = await _client.PlanInjectionAsync(["s3"]);
        Assert.That(plan.Files.Select(static f => f.Path), Is.EqualTo(new[] { "/secrets/s3/config", "/secrets/s3/credentials" }));
        Assert.That(Values(plan), Is.EqualTo(new Dictionary<string, string>
        {
            ["AWS_CONFIG_FILE"] = "/secrets/s3/config", ["AWS_SHARED_CREDENTIALS_FILE"] = "/secrets/s3/credentials", ["S3_ENDPOINT_URL"] = "https://r2.example.test",
        }));
    }

    [Test, Behaviour("M60", "M62", "M63")]
    public async Task Gcp_and_oci_files_are_named_by_their_variables()
    {
        await _client.Put("gcp", new() { ["credentials"] = "{}" }, "gcp");
        await _client.Put("oci", new() { ["config"] = "[DEFAULT]", ["key_file"] = "k" }, "oci");
        Dictionary<string, string> values = Values(await _client.PlanInjectionAsync(["gcp", "oci"]));
        Assert.That(values["GOOGLE_APPLICATION_CREDENTIALS"], Is.EqualTo("/secrets/gcp/credentials.json"));
        Assert.That(values["OCI_CONFIG_FILE"], Is.EqualTo("/secrets/oci/config").And.EqualTo(values["OCI_CLI_CONFIG_FILE"]));
        Assert.That(values["OCI_CLI_KEY_FILE"], Is.EqualTo("/secrets/oci/key_file"));
    }

    [Test, Behaviour("M61")]
    public async Task Gcp_hmac_keys_are_env_secrets()
    {
        await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("GCS_KEY=a"));
        await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("GCS_SECRET=b"));
        Assert.That(Values(await _client.PlanInjectionAsync(["gcs-key", "gcs-secret"])), Is.EqualTo(new Dictionary<string, string> { ["GCS_KEY"] = "a", ["GCS_SECRET"] = "b" }));
    }

    [Test, Behaviour("M66", "M67")]
    public async Task Databricks_exports_host_and_token()
    {
        await _client.CreateSecretAsync(SecretTypes.Databricks.Draft("db", new() { ["host"] = "https://x.example.test", ["token"] = "t" }));
        Assert.That(Values(await _client.PlanInjectionAsync(["db"])), Is.EqualTo(new Dictionary<string, string> { ["DATABRICKS_HOST"] = "https://x.example.test", ["DATABRICKS_TOKEN"] = "t" }));
        Assert.That(SecretTypes.Databricks.Keys.Select(static k => (k.Name, k.IsSensitive)), Is.EqualTo(new[] { ("host", false), ("token", true) }));
    }

    [Test, Behaviour("M68")]
    public async Task A_hugging_face_token_is_exported_under_both_names()
    {
        await _client.Put("hf", new() { ["HF_TOKEN"] = "hf_x" }, "hf");
        Assert.That(Values(await _client.PlanInjectionAsync(["hf"])), Is.EqualTo(new Dictionary<string, string> { ["HF_TOKEN"] = "hf_x", ["HUGGING_FACE_HUB_TOKEN"] = "hf_x" }));
    }

    [Test, Behaviour("M72")]
    public async Task A_docker_secret_exports_nothing_unless_asked_to()
    {
        await _client.CreateSecretAsync(SecretTypes.Docker.FromCredentials("d", "u", "p"));
        InjectionPlan plan = await _client.PlanInjectionAsync(["d"]);
        InjectionPlan full = await _client.PlanInjectionAsync([new SecretAttachment(new SecretLookup("d")) { Delivery = SecretDelivery.Full }]);
        Assert.That((plan.Variables.Count, plan.Files.Count), Is.EqualTo((0, 0)));
        Assert.That(full.Files.Single().Path, Is.EqualTo("/secrets/d/config.json"));
        Assert.That(Values(full)["DOCKER_CONFIG"], Is.EqualTo("/secrets/d"));
    }

    [Test, Behaviour("M16")]
    public async Task A_second_env_secret_with_the_same_variable_is_refused()
    {
        await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("A=1", "one"));
        SecretException e = Assert.ThrowsAsync<SecretException>(async () => await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("A=2", "two")))!;
        Assert.That((e.Code, e.Reason), Is.EqualTo((SecretErrorCode.AlreadyExists, "duplicate-variable")));
        Assert.That(e.Message, Does.Contain("A").And.Contain("'one'"));
    }

    [Test, Behaviour("B27")]
    public async Task A_default_name_that_is_taken_gets_four_characters()
    {
        await _client.Put("a-key", new() { ["x"] = "1" });
        SecretProperties stored = await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("A_KEY=2"));
        Assert.That(stored.Name, Does.Match("^a-key-[a-z0-9]{4}$"));
    }

    [Test, Behaviour("B08")]
    public async Task Plain_pairs_are_variables_and_a_single_value_is_named_after_its_secret()
    {
        await _client.Put("openai_secret", new() { ["api_key"] = "k", ["organization_id"] = "o" });
        await _client.Put("hf-token", new() { ["value"] = "v" });
        Assert.That(Values(await _client.PlanInjectionAsync(["openai_secret", "hf-token"])), Is.EqualTo(new Dictionary<string, string> { ["api_key"] = "k", ["hf_token"] = "v", ["organization_id"] = "o" }));
        InjectionPlan named = await _client.PlanInjectionAsync([new SecretAttachment(new SecretLookup("hf-token")) { Variable = "TOKEN" }, new SecretAttachment(new SecretLookup("openai_secret")) { VariablePrefix = "OPENAI_" }]);
        Assert.That(Values(named).Keys, Is.EqualTo(new[] { "OPENAI_api_key", "OPENAI_organization_id", "TOKEN" }));
    }

    [Test, Behaviour("B32")]
    public async Task The_same_variable_with_different_values_is_a_conflict_that_names_both_and_no_value()
    {
        string canary = Canary.Text();
        await _client.Put("one", new() { ["KEY"] = canary });
        await _client.Put("two", new() { ["KEY"] = "other-value" });
        await _client.Put("three", new() { ["KEY"] = canary });

        Assert.That((await _client.PlanInjectionAsync(["one", "three"])).Conflicts, Is.Empty, "same name and same value is no conflict");
        InjectionPlan plan = await _client.PlanInjectionAsync(["one", "two"]);
        SecretException e = Assert.Throws<SecretException>(() => plan.GetVariables())!;
        Assert.That((e.Code, e.Reason), Is.EqualTo((SecretErrorCode.ValidationFailed, "injection-conflict")));
        Assert.That(e.ToString(), Does.Contain("'one'").And.Contain("'two'").And.Contain("KEY").And.Not.Contain(canary).And.Not.Contain("other-value"));
        Assert.That(() => plan.ApplyTo(new ProcessStartInfo()), Throws.TypeOf<SecretException>());
    }

    [Test]
    public async Task Mangled_names_that_collide_are_a_conflict()
    {
        await _client.Put("s", new() { ["a-b"] = "1", ["a.b"] = "2", ["1x"] = "3" });
        InjectionPlan plan = await _client.PlanInjectionAsync(["s"]);
        Assert.That(plan.Variables.Select(static v => v.Name), Is.EqualTo(new[] { "_1x", "a_b" }));
        Assert.That(plan.Conflicts.Single().Target, Is.EqualTo("a_b"));
    }

    [TestCase("PATH"), TestCase("LD_PRELOAD"), TestCase("DYLD_INSERT_LIBRARIES"), TestCase("DOTNET_STARTUP_HOOKS"), TestCase("HOME"), TestCase("BASH_ENV"), TestCase("NODE_OPTIONS"), TestCase("GIT_CONFIG_COUNT")]
    public async Task A_variable_that_decides_what_code_runs_is_refused_unless_allowed(string name)
    {
        await _client.Put("s", new() { [name] = "x" });
        Assert.That((await _client.PlanInjectionAsync(["s"])).Conflicts.Single().Kind, Is.EqualTo(InjectionConflictKind.RefusedVariable));
        Assert.That((await _client.PlanInjectionAsync(["s"], new InjectionOptions { AllowedVariables = { name } })).Conflicts, Is.Empty);
    }

    [Test]
    public async Task A_value_that_no_variable_can_have_is_refused()
    {
        await _client.Put("nul", new() { ["A"] = "x\0y" });
        await _client.Put("bytes", new() { ["B"] = SecretValue.FromBytes([0xFF, 1]) });
        Assert.That((await _client.PlanInjectionAsync(["nul", "bytes"])).Conflicts.Select(static c => (c.Kind, c.Target)),
            Is.EqualTo(new[] { (InjectionConflictKind.UnusableValue, "A"), (InjectionConflictKind.UnusableValue, "B") }));
    }

    [Test, Behaviour("P13")]
    public async Task A_variable_that_is_a_secret_reference_gets_the_single_value()
    {
        await _client.Put("token", new() { ["anything"] = "v" });
        InjectionPlan plan = await _client.PlanInjectionAsync([], new InjectionOptions { Variables = { ["TOKEN"] = "secret:token", ["PLAIN"] = "x" } });
        Assert.That(Values(plan), Is.EqualTo(new Dictionary<string, string> { ["PLAIN"] = "x", ["TOKEN"] = "v" }));
        Assert.That(async () => await _client.PlanInjectionAsync([], new InjectionOptions { Variables = { ["TOKEN"] = "secret:nothing" } }), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.NotFound));
    }

    [Test, Behaviour("Z81")]
    public async Task A_zenml_variable_is_passed_under_its_own_name()
    {
        await _client.Put("s", new() { ["__ZENML__FROM_SECRET"] = "1" });
        InjectionPlan plan = await _client.PlanInjectionAsync(["s"], new InjectionOptions { Variables = { ["__ZENML__PLAIN"] = "2" } });
        Assert.That(Values(plan), Is.EqualTo(new Dictionary<string, string> { ["FROM_SECRET"] = "1", ["PLAIN"] = "2" }));
    }

    [Test, Behaviour("Z79", "Z80")]
    public async Task The_nearer_attachment_wins_and_any_secret_beats_a_plain_variable()
    {
        foreach (AttachmentLevel level in Enum.GetValues<AttachmentLevel>()) await _client.Put(level.ToString().ToLowerInvariant(), new() { ["KEY"] = level.ToString() });
        SecretAttachment At(AttachmentLevel level) => new(new SecretLookup(level.ToString().ToLowerInvariant())) { Level = level };
        async Task<string> Winner(params AttachmentLevel[] levels) =>
            Values(await _client.PlanInjectionAsync(levels.Select(At), new InjectionOptions { Variables = { ["KEY"] = "plain" } }))["KEY"];

        Assert.That(await Winner(AttachmentLevel.Component, AttachmentLevel.Step, AttachmentLevel.Stack, AttachmentLevel.Pipeline), Is.EqualTo("Step"));
        Assert.That(await Winner(AttachmentLevel.Stack, AttachmentLevel.Pipeline, AttachmentLevel.Component), Is.EqualTo("Pipeline"));
        Assert.That(await Winner(AttachmentLevel.Component, AttachmentLevel.Stack), Is.EqualTo("Stack"));
        Assert.That(await Winner(AttachmentLevel.Component), Is.EqualTo("Component"), "a secret beats a plain variable");
        Assert.That(await Winner(), Is.EqualTo("plain"));
    }

    [Test]
    public async Task An_env_file_resolves_its_references_and_names_what_it_skips()
    {
        await _client.Put("db", new() { ["user"] = "u", ["password"] = "p$w" });
        using TemporaryDirectory directory = new();
        string path = directory.Write("app.env", "URL=\"postgres://{{db.user}}:{{db.password | url}}@host\"\nPLAIN=x\nbad line\n");
        InjectionPlan plan = await _client.PlanInjectionAsync([], new InjectionOptions { EnvFiles = { path } });
        Assert.That(Values(plan), Is.EqualTo(new Dictionary<string, string> { ["PLAIN"] = "x", ["URL"] = "postgres://u:p%24w@host" }));
        Assert.That(plan.Notices.Single(), Does.Contain("app.env: line 3"));
    }

    [Test]
    public async Task A_stored_value_that_looks_like_a_reference_is_data() // vals, Spring, Infisical
    {
        await _client.Put("s", new() { ["A"] = "{{other.key}}", ["B"] = "secret:other" });
        Assert.That(Values(await _client.PlanInjectionAsync(["s"]))["A"], Is.EqualTo("{{other.key}}"));
        Assert.That(Values(await _client.PlanInjectionAsync(["s"]))["B"], Is.EqualTo("secret:other"));
    }

    [Test, Behaviour("B33", "B34")]
    public async Task Missing_variables_are_one_error_that_lists_them()
    {
        await _client.Put("s", new() { ["GIVEN"] = "x" });
        InjectionOptions options = new() { InheritedVariables = new HashSet<string> { "INHERITED" }, RequiredVariables = { new("GIVEN"), new("INHERITED"), new("MISSING_ONE"), new("MISSING_TWO"), new("ONLY_FOR_BUILD", SecretStage.Build) } };
        InjectionPlan plan = await _client.PlanInjectionAsync(["s"], options);
        SecretException e = Assert.Throws<SecretException>(plan.ThrowIfConflicting)!;
        Assert.That(e.Reason, Is.EqualTo("missing-variables"));
        Assert.That(e.Message, Does.Contain("Missing: MISSING_ONE, MISSING_TWO."));
    }

    [Test, Behaviour("B09")]
    public async Task A_secret_of_the_build_stage_does_not_arrive_at_run_time()
    {
        await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("BUILD=1").ForStage(SecretStage.Build));
        await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("RUN=1"));
        await _client.CreateSecretAsync(SecretTypes.Environment.FromPair("BOTH=1").ForStage(SecretStage.All));
        async Task<IEnumerable<string>> At(SecretStage stage) => Values(await _client.PlanInjectionAsync(["build", "run", "both"], new InjectionOptions { Stage = stage })).Keys;
        // PlanInjectionAsync(names, options) is the attachments' overload: names convert.
        Assert.That(await At(SecretStage.Runtime), Is.EqualTo(new[] { "BOTH", "RUN" }));
        Assert.That(await At(SecretStage.Build), Is.EqualTo(new[] { "BOTH", "BUILD" }));
        Assert.That(await At(SecretStage.All), Is.EqualTo(new[] { "BOTH", "BUILD", "RUN" }));
    }

    [Test, Behaviour("B10", "B12", "B13")]
    public async Task A_file_secret_has_one_read_only_file_per_key_below_bentoml_home()
    {
        await _client.Put("files", new() { ["user"] = "u", ["password"] = "p" }, "file", o => o.Tags[SecretInjectionTags.Path] = "$BENTOML_HOME/demo");
        await _client.Put("bare", new() { ["k"] = "v" }, "file");
        InjectionPlan plan = await _client.PlanInjectionAsync(
            [new SecretAttachment(new SecretLookup("files")) { SubPaths = new Dictionary<string, string> { ["password"] = "secrets/password" } }], new InjectionOptions { BentoHome = "/home/bento" });
        Assert.That(plan.Files.Select(static f => (f.Path, f.Mode)), Is.EqualTo(new[] { ("/home/bento/demo/secrets/password/password", UnixFileMode.UserRead), ("/home/bento/demo/user", UnixFileMode.UserRead) }));
        Assert.That((await _client.PlanInjectionAsync(["bare"], new InjectionOptions { BentoHome = "/home/bento" })).Files.Single().Path, Is.EqualTo("/home/bento/k"));
    }

    [TestCase("$BENTOML_HOME/../etc"), TestCase("/etc"), TestCase("$BENTOML_HOME/link/x"), TestCase("$BENTOML_HOME/a/../../b"), Behaviour("B11")]
    public async Task A_path_outside_bentoml_home_is_refused_after_dots_and_links(string path)
    {
        using TemporaryDirectory home = new();
        File.CreateSymbolicLink(Path.Combine(home.Path, "link"), "/etc");
        await _client.Put("files", new() { ["k"] = "v" }, "file");
        Assert.That(
            async () => await _client.PlanInjectionAsync([new SecretAttachment(new SecretLookup("files")) { Path = path }], new InjectionOptions { BentoHome = home.Path }),
            Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("path-confinement"));
    }

    [TestCase("../up"), TestCase("/abs"), TestCase("a/../../b"), TestCase("..data")]
    public async Task A_sub_path_cannot_leave_its_directory(string sub)
    {
        await _client.Put("files", new() { ["k"] = "v" }, "file");
        Assert.That(
            async () => await _client.PlanInjectionAsync([new SecretAttachment(new SecretLookup("files")) { SubPaths = new Dictionary<string, string> { ["k"] = sub } }]),
            Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.InvalidArgument));
    }

    [Test]
    public async Task Two_secrets_that_want_one_file_conflict_unless_it_is_the_same()
    {
        await _client.Put("one", new() { ["value"] = "a" }, "mounted", o => o.Tags[SecretInjectionTags.Path] = "/x");
        await _client.Put("two", new() { ["value"] = "b" }, "mounted", o => o.Tags[SecretInjectionTags.Path] = "/x");
        await _client.Put("three", new() { ["value"] = "c" }, "mounted", o => o.Tags[SecretInjectionTags.Path] = "/x/secret");
        Assert.That((await _client.PlanInjectionAsync(["one", "two"])).Conflicts.Single().Kind, Is.EqualTo(InjectionConflictKind.File));
        Assert.That((await _client.PlanInjectionAsync(["one", "three"])).Conflicts.Select(static c => c.Kind).Distinct(), Is.EqualTo(new[] { InjectionConflictKind.File }));
        Assert.That((await _client.PlanInjectionAsync(["one", "one"])).Conflicts, Is.Empty);
    }

    [Test]
    public void Several_missing_secrets_are_one_error() =>
        Assert.That(async () => await _client.PlanInjectionAsync(["one", "two"]),
            Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.NotFound).And.Message.Contains("'one'").And.Message.Contains("'two'"));

    [Test]
    public async Task A_typed_secret_without_its_key_is_an_error_not_an_empty_variable() // ESO, consul-template
    {
        await _client.Put("db", new() { ["host"] = "h" }, "databricks");
        Assert.That(async () => await _client.PlanInjectionAsync(["db"]), Throws.TypeOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.KeyNotFound));
    }

    [Test]
    public async Task A_plan_shows_no_value()
    {
        string canary = Canary.Text();
        await _client.Put("s", new() { ["KEY"] = canary });
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("m", canary));
        InjectionPlan plan = await _client.PlanInjectionAsync(["s", "m"]);
        Assert.That($"{plan} {string.Join(' ', plan.Variables)} {string.Join(' ', plan.Files)} {string.Join(' ', plan.Content.Files)} {string.Join(' ', plan.Content.Variables)}", Does.Not.Contain(canary));
    }

    [Test]
    public async Task Variables_reach_a_start_info_and_this_process_and_need_the_mount_if_they_name_files()
    {
        string name = "SECRETS_TEST_" + Guid.NewGuid().ToString("N");
        await _client.Put("s", new() { [name] = "v" });
        await _client.CreateSecretAsync(SecretTypes.Mounted.FromValue("m", "x"));
        InjectionPlan plan = await _client.PlanInjectionAsync(["s"]);
        ProcessStartInfo start = new();
        plan.ApplyTo(start);
        plan.ApplyToCurrentProcess();
        Assert.That((start.Environment[name], Environment.GetEnvironmentVariable(name)), Is.EqualTo(("v", "v")));
        Environment.SetEnvironmentVariable(name, null);
        Assert.That(() => _client.PlanInjectionAsync(["m"]).AsTask().Result.ApplyTo(start), Throws.TypeOf<SecretException>().With.Property("Reason").EqualTo("not-mounted"));
    }

    private static Dictionary<string, string> Values(InjectionPlan plan) => plan.GetVariables().ToDictionary(static p => p.Key, static p => p.Value.RevealString());
}
