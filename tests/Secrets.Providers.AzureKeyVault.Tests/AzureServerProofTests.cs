using Azure;
using Azure.Security.KeyVault.Secrets;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AzureKeyVault.Tests;

public sealed class AzureServerProofTests
{
    private static readonly string[] Steps = ["create", "get", "list", "update", "version", "delete", "restore"];

    [Test]
    public async Task The_official_JavaScript_client_finds_the_service_in_the_server()
    {
        await using AzureKeyVaultServer server = await AzureTestStore.StartAsync();
        string pem = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"loopback-{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(pem, AzureTestStore.Certificate.ExportCertificatePem());
        try
        {
            Assert.That(await VendorsClient.RunAsync("azure.mjs", [server.Url.AbsoluteUri], ("TEST_TOKEN", server.Token), ("NODE_EXTRA_CA_CERTS", pem)), Is.EqualTo(Steps));
        }
        finally
        {
            File.Delete(pem);
        }
    }

    [Test]
    public async Task The_official_dotnet_client_finds_the_service_in_the_server()
    {
        await using AzureKeyVaultServer server = await AzureTestStore.StartAsync();
        SecretClient client = AzureTestStore.Client(server);
        KeyVaultSecret created = await client.SetSecretAsync("db", "1");
        Assert.That((await client.GetSecretAsync("DB")).Value.Value, Is.EqualTo("1"));
        KeyVaultSecret second = await client.SetSecretAsync("db", "2");
        Assert.That((await client.GetSecretAsync("db", created.Properties.Version)).Value.Value, Is.EqualTo("1"));
        second.Properties.Enabled = false;
        second.Properties.Tags["env"] = "test";
        await client.UpdateSecretPropertiesAsync(second.Properties);
        Assert.That(Assert.ThrowsAsync<RequestFailedException>(() => client.GetSecretAsync("db"))!.Status, Is.EqualTo(403));
        List<string> versions = [];
        await foreach (var version in client.GetPropertiesOfSecretVersionsAsync("db"))
            versions.Add(version.Version);
        Assert.That(versions, Is.EquivalentTo([created.Properties.Version, second.Properties.Version]));
        for (int i = 0; i < 60; i++)
            await client.SetSecretAsync($"list-{i}", "x");
        List<string> names = [];
        await foreach (var item in client.GetPropertiesOfSecretsAsync())
            names.Add(item.Name);
        Assert.That(names, Has.Count.EqualTo(61).And.Unique);
        await (await client.StartDeleteSecretAsync("db")).WaitForCompletionAsync();
        Assert.That(Assert.ThrowsAsync<RequestFailedException>(() => client.SetSecretAsync("db", "3"))!.Status, Is.EqualTo(409));
        await (await client.StartRecoverDeletedSecretAsync("db")).WaitForCompletionAsync();
        await (await client.StartDeleteSecretAsync("db")).WaitForCompletionAsync();
        await client.PurgeDeletedSecretAsync("db");
        Assert.That(Assert.ThrowsAsync<RequestFailedException>(() => client.GetDeletedSecretAsync("db"))!.Status, Is.EqualTo(404));
    }
}
