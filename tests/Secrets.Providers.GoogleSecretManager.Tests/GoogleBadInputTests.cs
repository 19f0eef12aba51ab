using Secrets.Testing;
using Secrets.Testing.Servers;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

/// <summary>What users get wrong with this cloud alone; what all have in common is in the tests that all share.</summary>
public sealed class GoogleBadInputTests : StoreTests
{
    [Test]
    public async Task A_version_that_is_scheduled_for_destruction_is_denied_and_comes_back()
    {
        Server.Put("db", "canary-old");
        Server.Put("db", "canary-new");
        Server.DelayDestruction("db", TimeSpan.FromDays(7));
        SecretVersion old = (await Store.ListVersionsAsync(Db, null, default)).Items[1].Version;
        await Store.DeleteAsync(new SecretDelete(Db) { Version = old }, default);
        SecretException error = (await ReadOneAsync("db", "1")).Error!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Denied, "disabled")));
        Assert.That(error.Message, Does.Contain("Enable it"));
        await Store.EnableVersionAsync(Db, old, default);
        Assert.That((await ReadAsync("db", "1")).SingleValue().RevealString(), Is.EqualTo("canary-old"));
    }

    [Test]
    public async Task A_secret_whose_scheduled_deletion_has_come_is_not_found()
    {
        ManualTimeProvider clock = new();
        await using GoogleSecretManagerServer server = new(clock);
        await server.StartAsync();
        await using GoogleSecretManagerSecretStore store = GoogleTestStore.Open(server, options => options.DeleteExpired = true);
        SecretProperties properties = new(Db, default) { ExpiresOn = clock.GetUtcNow().AddHours(1) };
        await store.WriteAsync(new SecretWrite(properties, new SecretValues { ["value"] = "canary" }), default);
        Assert.That((await ReadOneAsync(store, "db")).Secret!.Properties.ExpiresOn, Is.EqualTo(properties.ExpiresOn));
        clock.Advance(TimeSpan.FromHours(2));
        SecretReadResult result = await ReadOneAsync(store, "db");
        Assert.That((result.Status, result.Error!.Code), Is.EqualTo((SecretReadStatus.NotFound, SecretErrorCode.NotFound)));
    }
}
