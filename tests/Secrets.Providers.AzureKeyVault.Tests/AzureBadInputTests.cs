using Secrets.Tests;

namespace Secrets.Providers.AzureKeyVault.Tests;

/// <summary>What users get wrong with this cloud alone; what all have in common is in the tests that all share.</summary>
public sealed class AzureBadInputTests : StoreTests
{
    [Test]
    public async Task A_version_that_is_disabled_is_denied_and_the_others_are_read()
    {
        Server.Put("db", "canary-old", enabled: false);
        SecretVersion old = (await Store.ListVersionsAsync(Db, null, default)).Items.Single().Version;
        Server.Put("db", "canary-new");
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([new SecretRead(Db, old), new SecretRead(Db)], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo([SecretReadStatus.Denied, SecretReadStatus.Found]));
        Assert.That((results[0].Error!.Code, results[0].Error!.Reason), Is.EqualTo((SecretErrorCode.Denied, "disabled")));
        Assert.That(results[0].Error!.Message, Does.Contain("Enable it"));
    }

    [Test]
    public async Task A_vault_without_a_token_for_it_is_asked_once_and_gets_none()
    {
        await using AzureKeyVaultSecretStore store = AzureTestStore.Open(Server, options => options.ConfigureClient += client => client.DisableChallengeResourceVerification = false);
        await ReadOneAsync(store, "db");
        Assert.That(Server.Calls.Select(call => call.Operation), Is.EqualTo(["challenge"]));
    }
}
