using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

public sealed class GoogleServerProofTests
{
    [Test]
    public async Task The_official_client_finds_the_service_in_the_server()
    {
        await using GoogleSecretManagerServer server = new();
        await server.StartAsync();
        Assert.That(
            await VendorsClient.RunAsync("google.mjs", [server.Url.AbsoluteUri, server.Project], ("TEST_TOKEN", server.Token)),
            Is.EqualTo(["create", "get", "list", "update", "version", "delete", "restore"]));
    }
}
