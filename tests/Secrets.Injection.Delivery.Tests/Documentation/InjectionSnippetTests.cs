using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Documentation;

/// <summary>What docs/types.md and docs/injection.md show.</summary>
[TestFixture, Platform(Exclude = "Win")]
public sealed class InjectionSnippetTests
{
    [Test]
    public async Task A_type_of_your_own()
    {
        await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());

        #region own-type
        SecretType jira = new("jira")
        {
            Description = "A Jira account.",
            Keys = [new("url") { IsSensitive = false }, new("token"), new("ca") { IsRequired = false }],
            Variables = [new("JIRA_URL") { Key = "url" }, new("JIRA_TOKEN") { Key = "token" }, new("JIRA_CA_FILE") { File = "ca.pem", WhenKey = "ca" }],
            Files = [new("ca.pem", "ca")],
        };
        InjectionOptions options = new() { Types = SecretTypeRegistry.Default.With(jira) };

        await client.CreateSecretAsync(jira.Draft("tickets", new() { ["url"] = "https://jira.example.test", ["token"] = "not-a-real-token" }));
        InjectionPlan plan = await client.PlanInjectionAsync(["tickets"], options);
        #endregion

        Assert.That(plan.Variables.Select(static v => v.Name), Is.EqualTo(new[] { "JIRA_TOKEN", "JIRA_URL" }));
    }

    [Test]
    public async Task A_plan_a_mount_and_a_run()
    {
        await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());
        await client.CreateSecretAsync("openai_secret", new() { ["OPENAI_API_KEY"] = "not-a-real-key" });
        await client.CreateSecretAsync(SecretTypes.Mounted.FromValue("certificate", "content"));
        using TemporaryDirectory temporary = new();
        string directory = temporary["mount"];
        StringBuilder shown = new();

        #region plan
        InjectionPlan plan = await client.PlanInjectionAsync(["openai_secret", "certificate"]);

        foreach (PlannedVariable variable in plan.Variables) shown.AppendLine($"{variable.Name} from {variable.Source}");
        foreach (PlannedFile file in plan.Files) shown.AppendLine($"{file.Path} from {file.Source}");
        plan.ThrowIfConflicting();
        #endregion

        Assert.That(shown.ToString(), Does.Contain("OPENAI_API_KEY from the secret 'openai_secret'").And.Contain("/secrets/certificate/secret"));

        #region mount
        await using (SecretMount mount = await plan.MountAsync(directory))
        {
            SecretMountSnapshot snapshot = mount.OpenSnapshot("certificate");
            SecretValue content = snapshot.Read("secret");
            #endregion

            Assert.That(content.RevealString(), Is.EqualTo("content"));
        }

        MemoryStream output = new();

        #region run
        ProcessStartInfo start = new("sh", ["-c", "echo \"the key is $OPENAI_API_KEY\""]);
        int exit = await client.RunAsync(start, plan, new SecretRunOptions { Output = output });
        #endregion

        Assert.That((exit, Encoding.UTF8.GetString(output.ToArray())), Is.EqualTo((0, "the key is ***\n")));
    }

    [Test]
    public async Task A_masker()
    {
        await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());
        await client.CreateSecretAsync("db", new() { ["password"] = "not-a-real-password" });
        MemoryStream stdout = new();
        using Redaction.RecordingLoggerProvider provider = new();

        #region masker
        SecretMasker masker = new(new SecretMaskerOptions { OnTooShort = static name => Console.Error.WriteLine($"{name} is too short to be masked.") });
        masker.Add(await client.GetSecretAsync("db"));

        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddProvider(provider).AddSecretMasking(masker));
        using (MaskingStream stream = masker.Wrap(stdout, leaveOpen: true)) stream.Write("password not-a-real-password"u8);
        #endregion

        Assert.That(Encoding.UTF8.GetString(stdout.ToArray()), Is.EqualTo("password ***"));
    }

    [Test]
    public async Task Attachments_say_more_than_a_name()
    {
        await using SecretsClient client = SecretsClient.Create(static secrets => secrets.UseInMemory());
        await client.CreateSecretAsync("hf", new() { ["value"] = "not-a-real-token" });
        await client.CreateSecretAsync("tls", new() { ["tls.crt"] = "c", ["tls.key"] = "k" });

        #region attachments
        InjectionPlan plan = await client.PlanInjectionAsync(
            [
                new SecretAttachment(new SecretLookup("hf")) { Variable = "HF_TOKEN", Level = AttachmentLevel.Pipeline },
                new SecretAttachment(new SecretLookup("tls")) { Delivery = SecretDelivery.Files, Path = "/etc/tls" },
            ],
            new InjectionOptions
            {
                Variables = { ["TOKEN"] = "secret:hf", ["HEADER"] = "Bearer {{hf.value}}" },
                RequiredVariables = { new("HF_TOKEN"), new("NPM_TOKEN", SecretStage.Build) },
            });
        #endregion

        Assert.That(plan.Files.Select(static f => f.Path), Is.EqualTo(new[] { "/etc/tls/tls.crt", "/etc/tls/tls.key" }));
        Assert.That(plan.GetVariables()["HEADER"].RevealString(), Is.EqualTo("Bearer not-a-real-token"));
    }
}
