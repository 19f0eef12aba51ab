using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>A cancelled call says so, promptly, and leaves nothing half done.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class CancellationSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    [Test]
    public Task A_cancelled_read_says_so() => SaysSoAsync(SecretStoreFeatures.None, token => Store.ReadAsync([new SecretRead(Db)], token).AsTask());

    [Test]
    public Task A_cancelled_description_says_so() => SaysSoAsync(SecretStoreFeatures.Describe, token => Store.DescribeAsync([Db], token).AsTask());

    [Test]
    public Task A_cancelled_listing_says_so() => SaysSoAsync(SecretStoreFeatures.List, token => Store.ListAsync(new SecretListing(), token).AsTask());

    [Test]
    public Task A_cancelled_listing_of_versions_says_so() => SaysSoAsync(SecretStoreFeatures.Versions, token => Store.ListVersionsAsync(Db, null, token).AsTask());

    [Test]
    public Task A_cancelled_promotion_says_so() =>
        SaysSoAsync(SecretStoreFeatures.Promote, token => Store.PromoteAsync(new SecretPromotion(Db, new SecretVersion("1")), token).AsTask());

    [Test]
    public Task A_cancelled_recovery_says_so() => SaysSoAsync(SecretStoreFeatures.SoftDelete, token => Store.RecoverAsync(Db, token).AsTask());

    [Test]
    public async Task A_cancelled_write_writes_nothing()
    {
        await SaysSoAsync(SecretStoreFeatures.Write, token => Store.WriteAsync(Write(Db, One("1")), token).AsTask());
        await MissingAsync(Db);
    }

    [Test]
    public async Task A_cancelled_deletion_deletes_nothing()
    {
        await PutAsync(Db, One("1"));
        await SaysSoAsync(SecretStoreFeatures.Delete, token => Store.DeleteAsync(new SecretDelete(Db), token).AsTask());
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_write_that_is_cancelled_under_way_is_whole_or_not_there()
    {
        if (!await CanAsync(SecretStoreFeatures.Write, () => WriteAsync(Db, One("1")))) return;
        await WriteAsync(Db, new SecretValues { ["a"] = "0", ["b"] = "0" });
        for (int i = 1; i <= 8; i++)
        {
            using CancellationTokenSource cancel = new();
            Task write = Task.Run(() => Store.WriteAsync(Write(Db, new SecretValues { ["a"] = $"{i}", ["b"] = $"{i}" }), cancel.Token).AsTask(), Cancel);
            await cancel.CancelAsync();
            try
            {
                await write;
            }
            catch (OperationCanceledException)
            {
                // Either outcome is right; half of one is not.
            }

            Secret secret = await FoundAsync(Db);
            Assert.That(secret["a"], Is.EqualTo(secret["b"]));
        }
    }

    private async Task SaysSoAsync(SecretStoreFeatures needed, Func<CancellationToken, Task> call)
    {
        if (!await CanAsync(needed, () => call(Cancel))) return;
        Assert.That(async () => await call(Cancelled), Throws.InstanceOf<OperationCanceledException>());
    }
}
