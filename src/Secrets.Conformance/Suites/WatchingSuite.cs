using NUnit.Framework;

namespace Secrets.Conformance;

/// <summary>A store that tells of changes tells of all of them.</summary>
/// <typeparam name="TFixture">The backend's fixture.</typeparam>
public abstract class WatchingSuite<TFixture> : SecretStoreSuite<TFixture>
    where TFixture : SecretStoreFixture, new()
{
    [Test]
    public async Task A_write_is_told()
    {
        if (!await CanWatchAsync()) return;
        Assert.That((await FirstChangeOfDbAsync(() => PutAsync(Db, One("1")))).Address, Is.Null.Or.EqualTo(Db));
        Assert.That(await TextAsync(Db), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_change_of_a_secret_that_was_there_is_told()
    {
        if (!await CanWatchAsync()) return;
        await PutAsync(Db, One("1"));
        SecretStoreChange change = await FirstChangeOfDbAsync(() => PutAsync(Db, One("2")));
        if (change.Version is { } version) Assert.That(version, Is.EqualTo((await FoundAsync(Db)).Version));
        Assert.That(await TextAsync(Db), Is.EqualTo("2"), "What is told can be read.");
    }

    [Test]
    public async Task A_deletion_is_told()
    {
        if (!await CanWatchAsync()) return;
        await PutAsync(Db, One("1"));
        if (!await CanAsync(SecretStoreFeatures.Delete, () => Store.DeleteAsync(new SecretDelete(Db), Cancel).AsTask())) return;
        SecretStoreChange change = await FirstChangeOfDbAsync(() => Store.DeleteAsync(new SecretDelete(Db), Cancel).AsTask());
        Assert.That(change.Version, Is.Null);
        await MissingAsync(Db);
    }

    [Test]
    public async Task A_watch_ends_when_it_is_cancelled()
    {
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        if (!await CanWatchAsync()) return;
        await using IAsyncEnumerator<SecretStoreChange> watch = Store.WatchAsync(cancel.Token).GetAsyncEnumerator(cancel.Token);
        Task<bool> next = watch.MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Two_watches_hear_the_same()
    {
        if (!await CanWatchAsync()) return;
        Task<SecretStoreChange> first = FirstChangeOfDbAsync(() => Task.CompletedTask);
        SecretStoreChange second = await FirstChangeOfDbAsync(() => PutAsync(Db, One("1")));
        Assert.That((await first).Address, Is.Null.Or.EqualTo(Db));
        Assert.That(second.Address, Is.Null.Or.EqualTo(Db));
    }

    private Task<bool> CanWatchAsync() => CanAsync(SecretStoreFeatures.Watch, async () =>
    {
        await using IAsyncEnumerator<SecretStoreChange> watch = Store.WatchAsync(Cancel).GetAsyncEnumerator(Cancel);
        await watch.MoveNextAsync();
    });

    private async Task<SecretStoreChange> FirstChangeOfDbAsync(Func<Task> act)
    {
        await using IAsyncEnumerator<SecretStoreChange> watch = Store.WatchAsync(Cancel).GetAsyncEnumerator(Cancel);
        Task<bool> next = watch.MoveNextAsync().AsTask();
        await act();
        while (await next)
        {
            // "Anything may have changed" is an answer too: it makes the caller look.
            if (watch.Current.Address is null || watch.Current.Address == Db) return watch.Current;
            next = watch.MoveNextAsync().AsTask();
        }

        throw new AssertionException("The watch ended by itself.");
    }
}
