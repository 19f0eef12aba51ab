using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Kept versions can be listed and read.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class VersionsSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    private const SecretStoreFeatures Needed = SecretStoreFeatures.Versions;

    [Test]
    public async Task Versions_are_listed_newest_first()
    {
        if (!await CanAsync(Needed, () => VersionsAsync(Db))) return;
        for (int i = 0; i < 3; i++)
            await PutAsync(Db, One($"{i}"));
        List<SecretProperties> versions = await VersionsAsync(Db);
        Assert.That(versions, Has.Count.EqualTo(3));
        Assert.That(versions[0].State, Is.EqualTo(SecretVersionState.Current));
        Assert.That(versions.Skip(1).Select(version => version.State), Is.All.EqualTo(SecretVersionState.Previous));
        Assert.That(versions.Select(version => version.Address), Is.All.EqualTo(Db));
        for (int i = 0; i < 3; i++)
            Assert.That(await TextAsync(Db, versions[i].Version), Is.EqualTo($"{2 - i}"));
    }

    [Test]
    public async Task Thirty_versions_come_page_by_page_each_once()
    {
        if (!await CanAsync(Needed, () => VersionsAsync(Db))) return;
        for (int i = 0; i < 30; i++)
            await PutAsync(Db, One($"{i}"));
        List<SecretProperties> versions = await VersionsAsync(Db);
        // A backend may keep fewer than thirty; what it lists is distinct, and the newest is there.
        Assert.That(versions.Select(version => version.Version), Is.Unique);
        Assert.That(versions, Has.Count.GreaterThan(1));
        Assert.That(await TextAsync(Db, versions[0].Version), Is.EqualTo("29"));
    }

    [Test]
    public async Task An_old_version_reads_as_it_was()
    {
        await PutAsync(Db, One("1"));
        SecretVersion old = (await FoundAsync(Db)).Version;
        if (!await CanAsync(Needed, async () => Throw(await ReadAsync(Db, old)))) return;
        await PutAsync(Db, One("2"));
        Secret secret = await FoundAsync(Db, old);
        Assert.That(secret.SingleValue().RevealString(), Is.EqualTo("1"));
        Assert.That((secret.Version, secret.Properties.State), Is.EqualTo((old, SecretVersionState.Previous)));
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_version_that_is_not_there_is_NotFound()
    {
        await PutAsync(Db, One("1"));
        SecretVersion elsewhere = new("no-such-version");
        if (!await CanAsync(Needed, async () => Throw(await ReadAsync(Db, elsewhere)))) return;
        Assert.That((await ReadAsync(Db, elsewhere)).Status, Is.EqualTo(SecretReadStatus.NotFound));
    }

    [Test]
    public async Task The_versions_of_a_missing_secret_are_NotFound()
    {
        if (!await CanAsync(Needed, () => VersionsAsync(Db))) return;
        await ThrowsAsync(SecretErrorCode.NotFound, () => VersionsAsync(Db));
    }

    [Test]
    public async Task One_secrets_versions_are_not_anothers()
    {
        if (!await CanAsync(Needed, () => VersionsAsync(Db))) return;
        await PutAsync(Db, One("1"));
        await PutAsync(SecretAddress.Public("db2"), One("2"));
        await PutAsync(SecretAddress.Public("d"), One("3"));
        Assert.That(await VersionsAsync(Db), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_secret_made_anew_never_shows_a_version_it_had_before()
    {
        const SecretStoreFeatures needed = SecretStoreFeatures.Write | SecretStoreFeatures.Delete;
        if (!await CanAsync(needed, () => Declares(SecretStoreFeatures.Write) ? Store.DeleteAsync(new SecretDelete(Db), Cancel).AsTask() : WriteAsync(Db, One("1")))) return;
        SecretVersion old = (await WriteAsync(Db, One("1"))).Version;
        await Store.DeleteAsync(new SecretDelete(Db) { Purge = true }, Cancel);
        SecretVersion anew = (await WriteAsync(Db, One("2"))).Version;
        Assert.That(anew, Is.Not.EqualTo(old), "A cache that holds the old version would take the new secret for it.");
        Assert.That((await ReadAsync(Db, unless: old)).Status, Is.EqualTo(SecretReadStatus.Found));
    }

    // A missing capability is the entry's error in a batch; the rule about refusals is the same.
    private static void Throw(SecretReadResult result)
    {
        if (result.Error is { } error) throw error;
    }
}
