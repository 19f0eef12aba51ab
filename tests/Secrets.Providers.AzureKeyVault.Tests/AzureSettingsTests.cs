using Azure.Security.KeyVault.Secrets;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.AzureKeyVault.Tests;

public sealed class AzureSettingsTests
{
    [Test]
    public async Task The_store_is_added_by_one_line()
    {
        await using ISecretStore store = StoreBuilder.Open(secrets =>
        {
            #region use
            secrets.UseAzureKeyVault(new Uri("https://my-vault.vault.azure.net/"));
            #endregion
        });
        Assert.That(store.Name, Is.EqualTo("azure-key-vault:my-vault"));
    }

    [Test]
    public async Task A_ready_client_is_used_as_it_is()
    {
        await using AzureKeyVaultServer server = await AzureTestStore.StartAsync();
        server.Put("db", "canary");
        SecretClient client = AzureTestStore.Client(server);
        await using ISecretStore store = StoreBuilder.Open(secrets => secrets.UseAzureKeyVault(client));
        Assert.That((await store.ReadAsync([new SecretRead(SecretAddress.Public("db"))], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [TestCase("azure-key-vault://my-vault", "azure-key-vault:my-vault")]
    [TestCase("azure-key-vault://my-vault.vault.azure.cn?prefix=prod-", "azure-key-vault:my-vault/prod")]
    public async Task A_URL_names_the_vault(string url, string name)
    {
        await using ISecretStore store = StoreBuilder.Open(builder => new AzureKeyVaultUrlSchemeAttribute().Use(builder, new Uri(url)));
        Assert.That(store.Name, Is.EqualTo(name));
    }

    [Test]
    public async Task A_section_binds_without_reflection()
    {
        await using ISecretStore store = StoreBuilder.Open(builder => builder.UseAzureKeyVault(StoreBuilder.Section(("Vault", "https://v.vault.azure.net/"), ("MaxConcurrency", "3"))));
        Assert.That((store.Name, store.Capabilities.MaxConcurrency), Is.EqualTo(("azure-key-vault:v", 3)));
    }

    [Test]
    public void No_vault_is_refused() =>
        Assert.That(Assert.Throws<SecretException>(() => new AzureKeyVaultSecretStore(new AzureKeyVaultOptions()))!.Reason, Is.EqualTo("no-vault"));
}
