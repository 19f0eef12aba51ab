using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Existence and properties without reading a value.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class DescribingSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [Test]
    public async Task A_description_agrees_with_a_read()
    {
        if (!await CanDescribeAsync()) return;
        await PutAsync(Db, One("1"));
        SecretDescribeResult described = await DescribeAsync(Db);
        SecretProperties read = (await FoundAsync(Db)).Properties;
        Assert.That(described.Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That((described.Properties!.Address, described.Properties.Version, described.Properties.Id), Is.EqualTo((read.Address, read.Version, read.Id)));
    }

    [Test]
    public async Task A_missing_secret_is_described_as_NotFound()
    {
        if (!await CanDescribeAsync()) return;
        SecretDescribeResult described = await DescribeAsync(Db);
        Assert.That((described.Status, described.Properties), Is.EqualTo((SecretReadStatus.NotFound, (SecretProperties?)null)));
    }

    [Test]
    public async Task Descriptions_come_in_the_order_asked_duplicates_included()
    {
        if (!await CanDescribeAsync()) return;
        await PutAsync(Db, One("1"));
        await PutAsync(Api, One("2"));
        IReadOnlyList<SecretDescribeResult> results = await Store.DescribeAsync([Api, SecretAddress.Public("missing"), Db, Api], Cancel);
        Assert.That(results.Select(result => result.Properties?.Address), Is.EqualTo(new SecretAddress?[] { Api, null, Db, Api }));
    }

    [Test]
    public async Task Key_names_are_described_exactly_where_declared()
    {
        if (!await CanDescribeAsync()) return;
        await PutAsync(Db, One("1"));
        IReadOnlyList<string>? keys = (await DescribeAsync(Db)).Properties!.KeyNames;
        Assert.That(keys, Declares(SecretStoreFeatures.KeysWithoutValues) ? Is.EqualTo(new[] { SecretProperties.SingleKey }) : Is.Null);
    }

    [Test]
    public async Task A_description_follows_a_write()
    {
        if (!await CanDescribeAsync()) return;
        await PutAsync(Db, One("1"));
        SecretVersion old = (await DescribeAsync(Db)).Properties!.Version;
        await PutAsync(Db, One("2"));
        Assert.That((await DescribeAsync(Db)).Properties!.Version, Is.Not.EqualTo(old).And.EqualTo((await FoundAsync(Db)).Version));
    }

    [Test]
    public async Task Describing_nothing_gives_nothing()
    {
        if (!await CanDescribeAsync()) return;
        Assert.That(await Store.DescribeAsync([], Cancel), Is.Empty);
    }

    [Test]
    public async Task Describing_works_where_reading_is_denied()
    {
        if (!await CanDescribeAsync()) return;
        await PutAsync(Db, One("1"));
        if (!Fixture.Faults.Contains(ConformanceFault.Denied))
        {
            // A backend without rights of its own has nothing to deny: then describing is simply right.
            Assert.That((await DescribeAsync(Db)).Status, Is.EqualTo(SecretReadStatus.Found));
            return;
        }

        await using IAsyncDisposable fault = await Fixture.ProvokeAsync(Store, ConformanceFault.Denied, Db, Cancel);
        Assert.That((await ReadAsync(Db)).Status, Is.EqualTo(SecretReadStatus.Denied));
        Assert.That((await DescribeAsync(Db)).Status, Is.EqualTo(SecretReadStatus.Found), "SECRET_EXISTS works with a permission that cannot read values.");
    }

    private Task<bool> CanDescribeAsync() => CanAsync(SecretStoreFeatures.Describe, () => DescribeAsync(Db));

    private async Task<SecretDescribeResult> DescribeAsync(SecretAddress address) => (await Store.DescribeAsync([address], Cancel)).Single();
}
