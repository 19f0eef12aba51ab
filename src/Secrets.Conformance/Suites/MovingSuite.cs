using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Rename and change of visibility in one atomic step.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class MovingSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [Test]
    public async Task A_moved_secret_is_at_its_new_address_only()
    {
        if (!await CanMoveAsync()) return;
        await WriteAsync(Db, One("1"));
        SecretProperties moved = await MoveAsync(Db, Api, "1");
        Assert.That(moved.Address, Is.EqualTo(Api));
        await MissingAsync(Db);
        Assert.That(await TextAsync(Api), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_public_secret_becomes_a_private_one_by_moving()
    {
        if (!await CanMoveAsync()) return;
        SecretAddress mine = SecretAddress.Private(SecretScope.Team, "ada", "db");
        await WriteAsync(Db, One("1"));
        await MoveAsync(Db, mine, "1");
        await MissingAsync(Db);
        Assert.That(await TextAsync(mine), Is.EqualTo("1"));
    }

    [Test]
    public async Task Moving_to_a_taken_address_changes_nothing()
    {
        if (!await CanMoveAsync()) return;
        await WriteAsync(Db, One("1"));
        await WriteAsync(Api, One("2"));
        await ThrowsAsync(SecretErrorCode.AlreadyExists, () => MoveAsync(Db, Api, "1"));
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
        Assert.That(await TextAsync(Api), Is.EqualTo("2"));
    }

    [Test]
    public async Task Moving_what_is_not_there_writes_nothing()
    {
        if (!await CanMoveAsync()) return;
        await ThrowsAsync(SecretErrorCode.NotFound, () => MoveAsync(Db, Api, "1"));
        await MissingAsync(Api);
    }

    [Test]
    public async Task Moving_from_another_version_than_expected_is_Conflict()
    {
        if (!await CanMoveAsync()) return;
        SecretVersion old = (await WriteAsync(Db, One("1"))).Version;
        await WriteAsync(Db, One("2"));
        await ThrowsAsync(SecretErrorCode.Conflict, () => Store.WriteAsync(Moving(Db, Api, "1") with { MoveFromVersion = old }, Cancel).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
        await MissingAsync(Api);
    }

    [Test]
    public async Task Moving_onto_itself_is_refused()
    {
        if (!await CanMoveAsync()) return;
        await WriteAsync(Db, One("1"));
        SecretWrite onto = Write(Db, One("2")) with { MoveFrom = Db };
        await ThrowsAsync(SecretErrorCode.InvalidArgument, () => Store.WriteAsync(onto, Cancel).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    private Task<bool> CanMoveAsync() => CanAsync(SecretStoreFeatures.Write | SecretStoreFeatures.Move, () => MoveAsync(Db, Api, "1"));

    private async Task<SecretProperties> MoveAsync(SecretAddress from, SecretAddress to, string text) => await Store.WriteAsync(Moving(from, to, text), Cancel);

    private SecretWrite Moving(SecretAddress from, SecretAddress to, string text) =>
        Write(to, One(text), Declares(SecretStoreFeatures.WriteIfAbsent) ? SecretCondition.Absent : default) with { MoveFrom = from };
}
