using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Batch reads: missing, empty and found are three answers, in the order asked.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class ReadingSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [Test]
    public async Task A_secret_that_is_there_is_found()
    {
        await PutAsync(Db, One("1"));
        Secret secret = await FoundAsync(Db);
        Assert.That(secret.SingleValue().RevealString(), Is.EqualTo("1"));
        Assert.That(secret.Version.Value, Is.Not.Null.And.Not.Empty);
        Assert.That(secret.Properties.State, Is.EqualTo(SecretVersionState.Current));
        Assert.That(secret.Properties.DeletedOn, Is.Null);
    }

    [Test]
    public async Task A_missing_secret_is_NotFound_and_no_exception()
    {
        SecretReadResult result = await ReadAsync(Db);
        Assert.That(result.Status, Is.EqualTo(SecretReadStatus.NotFound));
        Assert.That(result.Secret, Is.Null);
    }

    [Test]
    public async Task An_empty_value_is_found_and_not_missing()
    {
        await PutAsync(Db, One(SecretValue.Empty));
        Secret secret = await FoundAsync(Db);
        Assert.That(secret.SingleValue().ByteCount, Is.Zero);
    }

    [Test]
    public async Task Reading_nothing_gives_nothing() => Assert.That(await Store.ReadAsync([], Cancel), Is.Empty);

    [Test]
    public async Task Results_come_in_the_order_asked()
    {
        SecretAddress[] addresses = [.. Enumerable.Range(0, 7).Select(i => SecretAddress.Public($"name-{i}"))];
        foreach (SecretAddress address in addresses)
            await PutAsync(address, One(address.Name));
        SecretAddress[] asked = [.. addresses.Reverse()];
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([.. asked.Select(address => new SecretRead(address))], Cancel);
        Assert.That(results.Select(result => result.Secret!.SingleValue().RevealString()), Is.EqualTo(asked.Select(address => address.Name)));
    }

    [Test]
    public async Task The_same_address_twice_gives_two_results()
    {
        await PutAsync(Db, One("1"));
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([new SecretRead(Db), new SecretRead(Api), new SecretRead(Db)], Cancel);
        Assert.That(results.Select(result => result.Status), Is.EqualTo(new[] { SecretReadStatus.Found, SecretReadStatus.NotFound, SecretReadStatus.Found }));
    }

    [Test]
    public async Task A_missing_entry_spoils_no_other()
    {
        await PutAsync(Db, One("1"));
        await PutAsync(Api, One("2"));
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync([new SecretRead(Db), new SecretRead(SecretAddress.Public("missing")), new SecretRead(Api)], Cancel);
        Assert.That(results.Select(result => result.Status), Is.EqualTo(new[] { SecretReadStatus.Found, SecretReadStatus.NotFound, SecretReadStatus.Found }));
    }

    [Test]
    public async Task A_batch_may_be_larger_than_the_declared_size()
    {
        await PutAsync(Db, One("1"));
        int count = Store.Capabilities.MaxBatchSize + 1;
        SecretRead[] reads = [.. Enumerable.Range(0, count).Select(i => new SecretRead(SecretAddress.Public($"missing-{i}"))), new SecretRead(Db)];
        IReadOnlyList<SecretReadResult> results = await Store.ReadAsync(reads, Cancel);
        Assert.That(results, Has.Count.EqualTo(count + 1));
        Assert.That(results.Take(count).Select(result => result.Status), Is.All.EqualTo(SecretReadStatus.NotFound));
        Assert.That(results[^1].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task What_the_caller_has_already_is_not_sent_again()
    {
        await PutAsync(Db, One("1"));
        SecretVersion version = (await FoundAsync(Db)).Version;
        SecretReadResult result = await ReadAsync(Db, unless: version);
        // A store that cannot tell cheaply may give the secret all the same; one that declares it can, must not.
        Assert.That(result.Status, Declares(SecretStoreFeatures.ReadUnlessVersion)
            ? Is.EqualTo(SecretReadStatus.NotModified)
            : Is.EqualTo(SecretReadStatus.NotModified).Or.EqualTo(SecretReadStatus.Found));
        if (result.Status == SecretReadStatus.Found) Assert.That(result.Secret!.Version, Is.EqualTo(version));
    }

    [Test]
    public async Task What_has_changed_since_is_sent()
    {
        await PutAsync(Db, One("1"));
        SecretVersion old = (await FoundAsync(Db)).Version;
        await PutAsync(Db, One("2"));
        SecretReadResult result = await ReadAsync(Db, unless: old);
        Assert.That(result.Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That(result.Secret!.SingleValue().RevealString(), Is.EqualTo("2"));
        Assert.That(result.Secret.Version, Is.Not.EqualTo(old));
    }

    [Test]
    public async Task A_missing_secret_is_NotFound_whatever_the_caller_has() =>
        Assert.That((await ReadAsync(Db, unless: new SecretVersion("1"))).Status, Is.EqualTo(SecretReadStatus.NotFound));

    [Test]
    public async Task Many_readers_at_once_all_get_the_same()
    {
        await PutAsync(Db, One("1"));
        string[] texts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => TextAsync(Db))));
        Assert.That(texts, Is.All.EqualTo("1"));
    }
}
