using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>Pending versions, promotion and rollback: what a rotation needs.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class PromotionSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [Test]
    public async Task A_pending_version_changes_nothing_for_readers()
    {
        if (!await CanPromoteAsync()) return;
        SecretVersion current = (await WriteAsync(Db, One("1"))).Version;
        SecretProperties pending = await WritePendingAsync("2");
        Assert.That(pending.State, Is.EqualTo(SecretVersionState.Pending));
        Assert.That((await FoundAsync(Db)).Version, Is.EqualTo(current));
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_pending_version_can_be_read_by_version()
    {
        if (!await CanPromoteAsync()) return;
        await WriteAsync(Db, One("1"));
        SecretVersion pending = (await WritePendingAsync("2")).Version;
        Assert.That(await TextAsync(Db, pending), Is.EqualTo("2"));
    }

    [Test]
    public async Task Promoting_a_pending_version_makes_it_current()
    {
        if (!await CanPromoteAsync()) return;
        SecretVersion old = (await WriteAsync(Db, One("1"))).Version;
        SecretVersion pending = (await WritePendingAsync("2")).Version;
        SecretProperties promoted = await Store.PromoteAsync(new SecretPromotion(Db, pending), Cancel);
        Assert.That(promoted.State, Is.EqualTo(SecretVersionState.Current));
        Secret now = await FoundAsync(Db);
        Assert.That((now.Version, now.SingleValue().RevealString()), Is.EqualTo((promoted.Version, "2")));
        Assert.That(await TextAsync(Db, old), Is.EqualTo("1"), "The version before stays readable while both are valid.");
    }

    [Test]
    public async Task Rollback_makes_a_previous_version_current_again()
    {
        if (!await CanPromoteAsync()) return;
        SecretVersion old = (await WriteAsync(Db, One("1"))).Version;
        SecretVersion last = (await WriteAsync(Db, One("2"))).Version;
        SecretProperties promoted = await Store.PromoteAsync(new SecretPromotion(Db, old), Cancel);
        Assert.That(promoted.Version, Is.Not.EqualTo(last), "A cache must see that something changed.");
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task There_is_one_current_version()
    {
        if (!await CanPromoteAsync()) return;
        SecretVersion old = (await WriteAsync(Db, One("1"))).Version;
        await WriteAsync(Db, One("2"));
        await WritePendingAsync("3");
        await Store.PromoteAsync(new SecretPromotion(Db, old), Cancel);
        Assert.That((await VersionsAsync(Db)).Count(version => version.State == SecretVersionState.Current), Is.EqualTo(1));
    }

    [Test]
    public async Task Promoting_at_another_version_than_expected_is_Conflict()
    {
        if (!await CanPromoteAsync()) return;
        SecretVersion first = (await WriteAsync(Db, One("1"))).Version;
        await WriteAsync(Db, One("2"));
        SecretVersion pending = (await WritePendingAsync("3")).Version;
        SecretPromotion promotion = new(Db, pending, SecretCondition.At(first));
        if (!await CanAsync(SecretStoreFeatures.WriteIfVersion, () => Store.PromoteAsync(promotion, Cancel).AsTask())) return;
        await ThrowsAsync(SecretErrorCode.Conflict, () => Store.PromoteAsync(promotion, Cancel).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("2"));
    }

    [Test]
    public async Task Promoting_what_is_not_there_is_NotFound()
    {
        if (!await CanPromoteAsync()) return;
        await ThrowsAsync(SecretErrorCode.NotFound, () => Store.PromoteAsync(new SecretPromotion(Db, new SecretVersion("1")), Cancel).AsTask());
        await WriteAsync(Db, One("1"));
        await ThrowsAsync(SecretErrorCode.NotFound, () => Store.PromoteAsync(new SecretPromotion(Db, new SecretVersion("no-such-version")), Cancel).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_pending_write_needs_the_capability_to_promote()
    {
        if (!await CanAsync(SecretStoreFeatures.Write | SecretStoreFeatures.Promote, () => WritePendingAsync("1"))) return;
        await WriteAsync(Db, One("1"));
        Assert.That((await WritePendingAsync("2")).State, Is.EqualTo(SecretVersionState.Pending));
    }

    private Task<bool> CanPromoteAsync() =>
        CanAsync(SecretStoreFeatures.Promote, () => Store.PromoteAsync(new SecretPromotion(Db, new SecretVersion("1")), Cancel).AsTask());

    private async Task<SecretProperties> WritePendingAsync(string text) => await Store.WriteAsync(Write(Db, One(text)) with { Pending = true }, Cancel);
}
