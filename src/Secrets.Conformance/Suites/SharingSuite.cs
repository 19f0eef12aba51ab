using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Two stores over the same data, as two processes have. Where a backend cannot be opened again, one store is its own second.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class SharingSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [Test]
    public async Task What_one_writes_the_other_reads()
    {
        await PutAsync(Db, One("1"));
        await using Opened other = await OpenAgainAsync();
        Assert.That(await ReadTextAsync(other.Store), Is.EqualTo("1"));
        await PutAsync(Db, One("2"));
        Assert.That(await ReadTextAsync(other.Store), Is.EqualTo("2"), "No reopening is needed.");
    }

    [Test]
    public async Task Both_name_versions_alike()
    {
        await PutAsync(Db, One("1"));
        await using Opened other = await OpenAgainAsync();
        Secret secret = (await other.Store.ReadAsync([new SecretRead(Db)], Cancel))[0].Secret!;
        Assert.That(secret.Version, Is.EqualTo((await FoundAsync(Db)).Version));
    }

    [Test]
    public async Task What_was_written_outlives_the_store_that_wrote_it()
    {
        if (!Fixture.OpensAgain)
        {
            Assert.That(async () => await Fixture.OpenAgainAsync(Cancel), Throws.InstanceOf<NotSupportedException>());
            return;
        }

        await PutAsync(Db, One("1"));
        await Store.DisposeAsync();
        await using ISecretStore again = await Fixture.OpenAgainAsync(Cancel);
        Assert.That(await ReadTextAsync(again), Is.EqualTo("1"));
    }

    [Test]
    public async Task Of_two_stores_that_update_one_version_one_wins()
    {
        if (!await CanAsync(SecretStoreFeatures.Write | SecretStoreFeatures.WriteIfVersion, () => WriteAsync(Db, One("1"), SecretCondition.At(new SecretVersion("1"))))) return;
        SecretVersion version = (await WriteAsync(Db, One("before"))).Version;
        await using Opened other = await OpenAgainAsync();
        await other.Store.WriteAsync(Write(Db, One("theirs"), SecretCondition.At(version)), Cancel);
        await ThrowsAsync(SecretErrorCode.Conflict, () => WriteAsync(Db, One("ours"), SecretCondition.At(version)));
        Assert.That(await TextAsync(Db), Is.EqualTo("theirs"));
    }

    private async Task<string> ReadTextAsync(ISecretStore store) => (await store.ReadAsync([new SecretRead(Db)], Cancel))[0].Secret!.SingleValue().RevealString();

    private async Task<Opened> OpenAgainAsync() => Fixture.OpensAgain ? new Opened(await Fixture.OpenAgainAsync(Cancel), true) : new Opened(Store, false);

    private sealed class Opened(ISecretStore store, bool owns) : IAsyncDisposable
    {
        public ISecretStore Store { get; } = store;

        public ValueTask DisposeAsync() => owns ? Store.DisposeAsync() : ValueTask.CompletedTask;
    }
}
