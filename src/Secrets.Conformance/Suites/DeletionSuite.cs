using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Delete, recover, purge, and the destruction of one version.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class DeletionSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [Test]
    public async Task A_deleted_secret_is_not_there_for_anybody()
    {
        if (!await CanDeleteAsync()) return;
        await PutAsync(Db, One("1"));
        await PutAsync(Api, One("2"));
        await DeleteAsync(Db);
        await MissingAsync(Db);
        if (Declares(SecretStoreFeatures.Describe)) Assert.That((await Store.DescribeAsync([Db], Cancel))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
        if (Declares(SecretStoreFeatures.List)) Assert.That((await ListAsync()).Select(item => item.Address), Is.EqualTo(new[] { Api }));
        Assert.That(await TextAsync(Api), Is.EqualTo("2"));
    }

    [Test]
    public async Task Deleting_what_is_not_there_is_NotFound()
    {
        if (!await CanDeleteAsync()) return;
        SecretException error = await ThrowsAsync(SecretErrorCode.NotFound, () => DeleteAsync(Db));
        Assert.That(error.Address, Is.EqualTo(Db));
        await PutAsync(Db, One("1"));
        await DeleteAsync(Db);
        await ThrowsAsync(SecretErrorCode.NotFound, () => DeleteAsync(Db));
    }

    [Test]
    public async Task Deleting_at_another_version_than_expected_is_Conflict()
    {
        if (!await CanDeleteAsync()) return;
        await PutAsync(Db, One("1"));
        SecretVersion old = (await FoundAsync(Db)).Version;
        await PutAsync(Db, One("2"));
        SecretDelete delete = new(Db, SecretCondition.At(old));
        if (!await CanAsync(SecretStoreFeatures.WriteIfVersion, () => Store.DeleteAsync(delete, Cancel).AsTask())) return;
        await ThrowsAsync(SecretErrorCode.Conflict, () => Store.DeleteAsync(delete, Cancel).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
        await Store.DeleteAsync(new SecretDelete(Db, SecretCondition.At((await FoundAsync(Db)).Version)), Cancel);
        await MissingAsync(Db);
    }

    [Test]
    public async Task Deleting_what_is_to_be_absent_is_refused()
    {
        if (!await CanDeleteAsync()) return;
        await PutAsync(Db, One("1"));
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => Store.DeleteAsync(new SecretDelete(Db, SecretCondition.Absent), Cancel).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_deleted_secret_can_be_recovered_with_all_it_had()
    {
        if (!await CanRecoverAsync()) return;
        await PutAsync(Db, One("1"));
        await DeleteAsync(Db);
        SecretProperties recovered = await Store.RecoverAsync(Db, Cancel);
        Assert.That((recovered.Address, recovered.DeletedOn), Is.EqualTo((Db, (DateTimeOffset?)null)));
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task Recovering_what_was_not_deleted_is_NotFound()
    {
        if (!await CanRecoverAsync()) return;
        await ThrowsAsync(SecretErrorCode.NotFound, () => Store.RecoverAsync(Db, Cancel).AsTask());
    }

    [Test]
    public async Task A_deleted_name_is_free_again_or_stays_taken_as_declared()
    {
        if (!await CanRecoverAsync()) return;
        await PutAsync(Db, One("1"));
        await DeleteAsync(Db);
        if (Fixture.KeepsDeletedNamesTaken)
        {
            SecretException taken = await ThrowsAsync(SecretErrorCode.Conflict, () => WriteAsync(Db, One("2")));
            Assert.That(taken.Reason, Is.EqualTo("deleted"));
            await MissingAsync(Db);
            return;
        }

        await WriteAsync(Db, One("2"));
        await ThrowsAsync(SecretErrorCode.AlreadyExists, () => Store.RecoverAsync(Db, Cancel).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
    }

    [Test]
    public async Task What_can_be_recovered_is_listed_only_when_asked_for()
    {
        if (!await CanRecoverAsync()) return;
        await PutAsync(Db, One("1"));
        await DeleteAsync(Db);
        if (!await CanAsync(SecretStoreFeatures.List, () => ListAsync())) return;
        Assert.That(await ListAsync(), Is.Empty);
        SecretProperties deleted = (await ListAsync(new SecretListing { IncludeDeleted = true })).Single();
        Assert.That(deleted.Address, Is.EqualTo(Db));
        Assert.That(deleted.DeletedOn, Is.Not.Null);
    }

    [Test]
    public async Task A_purged_secret_cannot_be_recovered_and_its_name_is_free()
    {
        if (!await CanRecoverAsync()) return;
        await PutAsync(Db, One("1"));
        await Store.DeleteAsync(new SecretDelete(Db) { Purge = true }, Cancel);
        await ThrowsAsync(SecretErrorCode.NotFound, () => Store.RecoverAsync(Db, Cancel).AsTask());
        await PutAsync(Db, One("2"));
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
    }

    [Test]
    public async Task What_was_deleted_softly_can_be_purged_later()
    {
        if (!await CanRecoverAsync()) return;
        await PutAsync(Db, One("1"));
        await DeleteAsync(Db);
        await Store.DeleteAsync(new SecretDelete(Db) { Purge = true }, Cancel);
        await ThrowsAsync(SecretErrorCode.NotFound, () => Store.RecoverAsync(Db, Cancel).AsTask());
        if (Declares(SecretStoreFeatures.List)) Assert.That(await ListAsync(new SecretListing { IncludeDeleted = true }), Is.Empty);
    }

    [Test]
    public async Task A_destroyed_version_is_gone_and_the_others_stay()
    {
        if (!await CanDestroyAsync()) return;
        await PutAsync(Db, One("1"));
        SecretVersion old = (await FoundAsync(Db)).Version;
        await PutAsync(Db, One("2"));
        await Store.DeleteAsync(new SecretDelete(Db) { Version = old }, Cancel);
        Assert.That((await ReadAsync(Db, old)).Status, Is.EqualTo(SecretReadStatus.NotFound));
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
        Assert.That((await VersionsAsync(Db)).Where(version => version.Version == old).Select(version => version.State), Is.All.EqualTo(SecretVersionState.Destroyed));
    }

    [Test]
    public async Task The_current_version_cannot_be_destroyed()
    {
        if (!await CanDestroyAsync()) return;
        await PutAsync(Db, One("1"));
        SecretVersion current = (await FoundAsync(Db)).Version;
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => Store.DeleteAsync(new SecretDelete(Db) { Version = current }, Cancel).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    private Task<bool> CanDeleteAsync() => CanAsync(SecretStoreFeatures.Delete, () => DeleteAsync(Db));

    private Task<bool> CanRecoverAsync() => CanAsync(SecretStoreFeatures.SoftDelete, () => Store.RecoverAsync(Db, Cancel).AsTask());

    private Task<bool> CanDestroyAsync() =>
        CanAsync(SecretStoreFeatures.Delete | SecretStoreFeatures.DestroyVersion, () => Store.DeleteAsync(new SecretDelete(Db) { Version = new SecretVersion("1") }, Cancel).AsTask());

    private Task DeleteAsync(SecretAddress address) => Store.DeleteAsync(new SecretDelete(address), Cancel).AsTask();
}
