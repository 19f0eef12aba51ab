using System.Net;
using Secrets.Leaks.Probing;

namespace Secrets.Leaks.Paths;

/// <summary>Webhooks: token and secret go to the receiver and nowhere else, whatever goes wrong on the way.</summary>
public static class WebhookPaths
{
    [LeakPath]
    public static async Task Sending(LeakProbe probe)
    {
        await using InMemorySecretStore store = new();
        await using SecretsClient client = ClientPaths.Make(probe, store);
        await client.CreateSecretAsync("TOKEN", new SecretValues { ["value"] = probe.PlainCanary() });
        await client.CreateSecretAsync("KEY", new SecretValues { ["value"] = probe.Canary() });
        await client.CreateSecretAsync("NO_TOKEN", new SecretValues { ["value"] = $"{probe.Canary()}\r\n" });
        SecretWebhook webhook = probe.See(new SecretWebhook("deploy", new Uri("https://example.org/hook"), "TOKEN", "KEY"));
        SecretWebhookAutomation automation = probe.See(new SecretWebhookAutomation("on promote", webhook, """{"token":"${ACCESS_TOKEN}","key":"${KEY}"}"""));
        using Receiver receiver = new();
        using HttpClient http = new(receiver);
        SecretWebhookSender sender = new(http, client);

        await sender.SendAsync(automation, new SecretWebhookEvent());
        Assert.That(receiver.Body, Does.Contain("canary"));
        receiver.Refuses = true;
        await probe.FailsAsync(() => sender.SendAsync(automation, new SecretWebhookEvent()));
        await probe.FailsAsync(() => sender.TestAsync(webhook, """{"key":"${KEY}","x":"${artifact_metadata.none}"}"""));
        await probe.FailsAsync(() => sender.TestAsync(new SecretWebhook("deploy", webhook.Url, "NO_TOKEN"), "{}"));
    }

    private sealed class Receiver : HttpMessageHandler
    {
        public string Body { get; private set; } = "";

        public bool Refuses { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return Refuses ? throw new HttpRequestException("refused") : new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
