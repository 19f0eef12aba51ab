using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Secrets.Injection.Tests.References;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Webhooks;

/// <summary>The rows of behaviours.md on W&amp;B's webhooks (W09-W24), against a server that receives.</summary>
internal sealed class WebhookTests
{
    private const string Token = "canary-token-1";
    private const string Secret = "canary \"quoted\"\n\\ and ${alias} é";

    private static readonly SecretWebhookEvent Promoted = new()
    {
        EventType = "LINK_ARTIFACT", EventAuthor = "ada", ProjectName = "churn", EntityName = "team \"a\"", Alias = "production", Tag = "",
        ArtifactCollectionName = "models", ArtifactVersion = "wandb-artifact://x", ArtifactVersionString = "team/churn/models:v3",
        ArtifactMetadata = new Dictionary<string, string> { ["accuracy"] = "0.93", ["a.b"] = "dotted" },
    };

    private static readonly FewSecrets Client = new FewSecrets()
        .With("GITHUB_PAT", new() { ["value"] = Token })
        .With("SIGNING_KEY", new() { ["value"] = Secret })
        .With("OTHER", new() { ["value"] = "canary-other" })
        .With("BAD_TOKEN", new() { ["value"] = "canary bad\r\nX-Injected: 1" });

    private RecordingLoggerProvider _log = null!;
    private ServiceProvider _services = null!;

    private SecretWebhookSender Sender => _services.GetRequiredService<SecretWebhookSender>();

    [SetUp]
    public void BuildServices()
    {
        _log = new RecordingLoggerProvider();
        ServiceCollection services = new();
        services.AddSingleton<ISecretsClient>(Client);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        services.AddHttpClient<SecretWebhookSender>();
        _services = services.BuildServiceProvider();
    }

    [TearDown]
    public void DisposeServices()
    {
        _services.Dispose();
        _log.Dispose();
    }

    [Test, Behaviour("W09", "W10", "W11", "W12", "W13", "W19")]
    public async Task The_receiver_can_check_token_and_signature_over_the_bytes_it_received()
    {
        await using WebhookReceiver receiver = new();
        SecretWebhook webhook = new("deploy", receiver.Url, "GITHUB_PAT", "SIGNING_KEY");
        SecretWebhookAutomation automation = new("on promote", webhook, """{ "token": "${ACCESS_TOKEN}", "secret": "x${SIGNING_KEY}y", "same": "${SECRET_NAME}", "shell": "$NAME $(x)" }""");

        HttpStatusCode answer = await Sender.SendAsync(automation, Promoted);

        ReceivedRequest request = receiver.Requests.Single();
        JsonElement body = JsonDocument.Parse(request.Body).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(answer, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(request.Method, Is.EqualTo("POST"));
            Assert.That(request.Headers["Content-Type"], Is.EqualTo("application/json"));
            Assert.That(request.Headers["Authorization"], Is.EqualTo("Bearer " + Token));
            Assert.That(request.Headers["X-Wandb-Signature"], Is.EqualTo(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), request.Body))));
            Assert.That(body.GetProperty("token").GetString(), Is.EqualTo(Token));
            Assert.That(body.GetProperty("secret").GetString(), Is.EqualTo($"x{Secret}y"));
            Assert.That(body.GetProperty("same").GetString(), Is.EqualTo(Secret));
            Assert.That(body.GetProperty("shell").GetString(), Is.EqualTo("$NAME $(x)"));
        });
    }

    [Test]
    public async Task The_factorys_own_logging_at_trace_shows_neither_token_nor_body()
    {
        await using WebhookReceiver receiver = new();

        await Sender.TestAsync(new SecretWebhook("deploy", receiver.Url, "GITHUB_PAT", "SIGNING_KEY"), """{ "key": "${SIGNING_KEY}" }""");

        Assert.That(_log.Lines, Has.Some.Contains("Authorization"));
        Assert.That(_log.Lines, Has.None.Contains("canary"));
    }

    [Test, Behaviour("W20", "W21", "W22", "W23")]
    public async Task The_variables_of_the_event_are_filled_in()
    {
        await using WebhookReceiver receiver = new();
        SecretWebhookAutomation automation = new("vars", new SecretWebhook("plain", receiver.Url), """
            { "${event_type}": ["${event_author}", "${project_name}", "${entity_name}", "${alias}", "${tag}", "${artifact_collection_name}",
              "${artifact_version}", "${artifact_version_string}", "${artifact_metadata.accuracy}", "${artifact_metadata.a.b}"] }
            """);

        await Sender.SendAsync(automation, Promoted);
        await Sender.SendAsync(automation, Promoted with { EventType = "RUN_STATE", Alias = "" });

        Assert.That(Values(receiver.Requests[0], "LINK_ARTIFACT"), Is.EqualTo(new[]
        {
            "ada", "churn", "team \"a\"", "production", "", "models", "wandb-artifact://x", "team/churn/models:v3", "0.93", "dotted",
        }));
        Assert.That(Values(receiver.Requests[1], "RUN_STATE")[3], Is.Empty);
        Assert.That(receiver.Requests[0].Headers.Keys, Does.Not.Contain("Authorization").And.Not.Contain("X-Wandb-Signature"));
    }

    [Test, Behaviour("W14")]
    public void Only_attached_secrets_resolve([Values("OTHER", "ACCESS_TOKEN", "artifact_metadata", "alias.x", "nope")] string variable)
    {
        SecretWebhook webhook = new("deploy", new Uri("https://example.org"), null, "SIGNING_KEY");

        SecretException error = Assert.Throws<SecretException>(() => new SecretWebhookAutomation("a", webhook, $$"""{ "x": "${{{variable}}}" }"""))!;

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "webhook-variable")));
        Assert.That(error.Message, Does.Contain("${" + variable + "}").And.Contain("SIGNING_KEY"));
    }

    [Test, Behaviour("W23")]
    public async Task Metadata_that_the_event_does_not_have_is_an_error_and_nothing_is_sent()
    {
        await using WebhookReceiver receiver = new();
        SecretWebhookAutomation automation = new("a", new SecretWebhook("plain", receiver.Url), """{ "x": "${artifact_metadata.loss}" }""");

        SecretException error = Assert.ThrowsAsync<SecretException>(() => Sender.SendAsync(automation, Promoted))!;

        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.KeyNotFound));
        Assert.That(error.Message, Does.Contain("${artifact_metadata.loss}").And.Contain("accuracy"));
        Assert.That(receiver.Requests, Is.Empty);
    }

    [Test, Behaviour("W15")]
    public void A_webhook_has_a_name_by_the_rule()
    {
        Uri url = new("https://example.org");
        Assert.Multiple(() =>
        {
            foreach (string name in new[] { "a", "my-hook_1", "two words", "two  spaces", new string('x', 64) })
                Assert.That(new SecretWebhook(name, url).Name, Is.EqualTo(name));
            foreach (string name in new[] { "", " a", "a ", "a.b", "a\tb", "a/b", new string('x', 65) })
                Assert.That(() => new SecretWebhook(name, url), Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("webhook-name"), name);
        });
    }

    [TestCase("http://example.org/x")]
    [TestCase("ftp://example.org")]
    [TestCase("/relative")]
    public void A_token_does_not_travel_in_the_clear(string url) => Assert.That(
        () => new SecretWebhook("a", new Uri(url, UriKind.RelativeOrAbsolute)),
        Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("webhook-url"));

    [Test, Behaviour("W16", "W17")]
    public void What_is_stored_holds_references_and_what_is_read_back_not_even_these()
    {
        SecretWebhook webhook = new("deploy", new Uri("https://example.org/h"), "GITHUB_PAT", "SIGNING_KEY");

        string stored = JsonSerializer.Serialize(webhook);
        SecretWebhook again = JsonSerializer.Deserialize<SecretWebhook>(stored)!;
        string shown = JsonSerializer.Serialize(webhook.Summarize());

        Assert.That(stored, Is.EqualTo($$"""{"id":"{{webhook.Id}}","name":"deploy","url":"https://example.org/h","accessTokenRef":"GITHUB_PAT","secretRef":"SIGNING_KEY"}"""));
        Assert.That((again.Id, again.AccessTokenRef, again.SecretRef), Is.EqualTo((webhook.Id, "GITHUB_PAT", "SIGNING_KEY")));
        Assert.That(shown, Is.EqualTo($$"""{"Id":"{{webhook.Id}}","Name":"deploy","Url":"https://example.org/h"}"""));
    }

    [Test, Behaviour("W18")]
    public void An_automation_has_a_name_of_at_most_255_chars()
    {
        SecretWebhook webhook = new("a", new Uri("https://example.org"));

        Assert.That(new SecretWebhookAutomation(new string('x', 255), webhook, "{}").Name, Has.Length.EqualTo(255));
        Assert.That(() => new SecretWebhookAutomation(new string('x', 256), webhook, "{}"), Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("automation-name"));
    }

    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("1")]
    [TestCase("{} // comment")]
    [Behaviour("W19")]
    public void A_payload_is_a_json_object(string payload) => Assert.That(
        () => new SecretWebhookAutomation("a", new SecretWebhook("a", new Uri("https://example.org")), payload),
        Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("webhook-payload"));

    [Test, Behaviour("W24")]
    public async Task A_test_sends_a_payload_of_its_own_with_the_real_credentials()
    {
        await using WebhookReceiver receiver = new(HttpStatusCode.Forbidden);

        HttpStatusCode answer = await Sender.TestAsync(new SecretWebhook("deploy", receiver.Url, "GITHUB_PAT", "SIGNING_KEY"), """{ "try": "${SIGNING_KEY}${alias}" }""");

        Assert.That(answer, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(receiver.Requests.Single().Headers["Authorization"], Is.EqualTo("Bearer " + Token));
        Assert.That(JsonDocument.Parse(receiver.Requests[0].Body).RootElement.GetProperty("try").GetString(), Is.EqualTo(Secret));
    }

    [Test]
    public void A_token_that_no_header_takes_is_refused_without_being_shown()
    {
        SecretWebhook webhook = new("deploy", new Uri("https://example.org"), "BAD_TOKEN");

        SecretException error = Assert.ThrowsAsync<SecretException>(() => Sender.TestAsync(webhook, "{}"))!;

        Assert.That(error.Reason, Is.EqualTo("webhook-token"));
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
    }

    [Test]
    public async Task A_receiver_that_is_not_there_is_unavailable()
    {
        WebhookReceiver gone = new();
        await gone.DisposeAsync();

        SecretException error = Assert.ThrowsAsync<SecretException>(() => Sender.TestAsync(new SecretWebhook("deploy", gone.Url, "GITHUB_PAT"), "{}"))!;

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unavailable, "webhook")));
        Assert.That(error.ToString(), Does.Not.Contain("canary"));
    }

    private static string[] Values(ReceivedRequest request, string property) =>
        [.. JsonDocument.Parse(request.Body).RootElement.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];
}
