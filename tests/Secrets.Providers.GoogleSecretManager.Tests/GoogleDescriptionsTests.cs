using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>What the service keeps apart from values, for few calls: by pages of the listing, where that is allowed.</summary>
public sealed class GoogleDescriptionsTests : StoreTests
{
    private static readonly string[] Names = [.. Enumerable.Range(0, 50).Select(i => $"s{i:00}")];

    [SetUp]
    public async Task PutAsync()
    {
        foreach (string name in Names)
            await Store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public(name), default) { Tags = new Dictionary<string, string> { ["env"] = "prod" } }, new SecretValues { ["value"] = "canary" }), default);
        Server.ForgetCalls();
    }

    [Test]
    public async Task A_cold_read_costs_one_call_and_one_page_for_all_with_properties()
    {
        await using GoogleSecretManagerSecretStore lean = GoogleTestStore.Open(Server, options => options.ReadProperties = false);
        Assert.That((await ReadAllAsync(lean)).Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.Found));
        Assert.That(Server.Calls.Select(call => call.Operation), Is.All.EqualTo("versions.access"));
        Assert.That(Server.Calls, Has.Count.EqualTo(50));
        Server.ForgetCalls();
        AssertTagged(await ReadAllAsync(Store));
        Assert.That((Count("versions.access"), Count("secrets.list"), Count("secrets.get")), Is.EqualTo((50, 1, 0)));
        Assert.That((Store.Capabilities.MaxBatchSize, lean.Capabilities.MaxBatchSize), Is.EqualTo((25, 1)), "How many a client gives at once.");
    }

    [Test]
    public async Task By_page_or_by_call_a_secret_is_at_the_same_version()
    {
        SecretVersion byPage = (await ReadAllAsync(Store))[7].Secret!.Version;
        SecretVersion byCall = (await Store.ReadAsync([new SecretRead(SecretAddress.Public(Names[7]))], default))[0].Secret!.Version;
        Assert.That(byPage, Is.EqualTo(byCall));
        SecretRead[] again = [.. Names.Take(3).Select(name => new SecretRead(SecretAddress.Public(name))), new SecretRead(SecretAddress.Public(Names[7]), UnlessVersion: byCall)];
        Assert.That((await Store.ReadAsync(again, default))[3].Status, Is.EqualTo(SecretReadStatus.NotModified));
    }

    [Test]
    public async Task Where_listing_is_denied_each_is_asked_for_and_listing_is_not_tried_again()
    {
        Server.Allows = (permission, _) => permission != "secrets.list";
        for (int i = 0; i < 2; i++)
            AssertTagged(await ReadAllAsync(Store));
        Assert.That((Count("secrets.list"), Count("secrets.get")), Is.EqualTo((1, 100)));
    }

    private static void AssertTagged(IReadOnlyList<SecretReadResult> results)
    {
        foreach (SecretReadResult result in results)
            Assert.That((result.Status, result.Secret?.Properties.Tags.GetValueOrDefault("env")), Is.EqualTo((SecretReadStatus.Found, "prod")));
    }

    private static async Task<IReadOnlyList<SecretReadResult>> ReadAllAsync(GoogleSecretManagerSecretStore store) =>
        await store.ReadAsync([.. Names.Select(name => new SecretRead(SecretAddress.Public(name)))], default);
}
