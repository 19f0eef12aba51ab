using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class AwsServerProofTests
{
    [Test]
    public async Task The_official_client_finds_the_service_in_the_server()
    {
        await using AwsSecretsManagerServer server = new();
        await server.StartAsync();
        string[] steps = await VendorsClient.RunAsync(
            "aws.mjs", [server.Url.AbsoluteUri, server.Region],
            ("AWS_ACCESS_KEY_ID", server.Credential.AccessKeyId), ("AWS_SECRET_ACCESS_KEY", server.Credential.SecretAccessKey), ("AWS_SESSION_TOKEN", server.Credential.SessionToken!));
        Assert.That(steps, Is.EqualTo(["create", "get", "list", "update", "version", "delete", "restore"]));
    }
}
