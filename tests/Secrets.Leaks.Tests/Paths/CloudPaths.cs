using Amazon.Runtime;
using Secrets.Leaks.Probing;
using Secrets.Testing;
using Secrets.Testing.Servers;

namespace Secrets.Leaks.Paths;

/// <summary>Clouds on their wires, with every log at its most talkative: calls that work, and calls that a server refuses or breaks.</summary>
public static class CloudPaths
{
    [LeakPath]
    [Behaviour("P23")]
    public static async Task AWS_with_everything_logged(LeakProbe probe)
    {
        await using AwsSecretsManagerServer server = new();
        await server.StartAsync();
        await UseAsync(probe, server, secrets => secrets.UseAwsSecretsManager(
            new SessionAWSCredentials(server.Credential.AccessKeyId, server.Credential.SecretAccessKey, server.Credential.SessionToken),
            options => (options.Region, options.ServiceUrl) = (server.Region, server.Url)));
    }

    [LeakPath]
    [Behaviour("P23")]
    public static async Task Google_with_everything_logged(LeakProbe probe)
    {
        await using GoogleSecretManagerServer server = new() { IsEmulator = true };
        await server.StartAsync();
        await UseAsync(probe, server, secrets => secrets.UseGoogleSecretManager(options => (options.Project, options.ServiceUrl) = (server.Project, server.Url)));
    }

    private static async Task UseAsync(LeakProbe probe, LoopbackServer server, Action<ISecretsBuilder> use)
    {
        await using SecretsClient client = SecretsClient.Create(secrets =>
        {
            ((SecretsBuilder)secrets).AttachLogging(probe.Loggers);
            use(secrets);
        });
        probe.See(await client.CreateSecretAsync("db", new SecretValues { ["user"] = probe.Canary(), ["password"] = probe.PlainCanary() }));
        probe.See(await client.UpdateSecretAsync("db", update => update.Set("password", probe.Canary())));
        probe.See(await client.GetSecretAsync("db"));
        probe.See(await client.ExplainAsync("db"));
        await probe.FailsAsync(async () => await client.CreateSecretAsync("db", new SecretValues { ["password"] = probe.Canary() }));
        await probe.FailsAsync(async () => await client.ResolveAsync("{{db.password}} {{db.nope}}"));
        await server.DisposeAsync();
        await probe.FailsAsync(async () => await client.UpdateSecretAsync("db", update => update.Set("password", probe.Canary())));
    }
}
