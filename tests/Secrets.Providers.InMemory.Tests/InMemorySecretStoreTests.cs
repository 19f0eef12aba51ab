using Secrets.Testing;

namespace Secrets.Providers.InMemory.Tests;

/// <summary>What only this store has: faults, holds, latency, counts. What it shares with every store is in the conformance suite.</summary>
[TestFixture]
public sealed class InMemorySecretStoreTests
{
    private static readonly SecretAddress Db = SecretAddress.Public("db");
    private static readonly SecretAddress Api = SecretAddress.Public("api");

    [Test]
    public async Task A_write_is_read_back()
    {
        await using InMemorySecretStore store = new();
        SecretProperties written = await store.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["user"] = "ada" }), default);
        SecretReadResult read = (await store.ReadAsync([new SecretRead(Db)], default))[0];
        Assert.That(read.Secret!["user"].RevealString(), Is.EqualTo("ada"));
        Assert.That(read.Secret.Version, Is.EqualTo(written.Version));
    }

    [Test]
    public async Task A_fault_strikes_as_often_as_it_says_and_no_more()
    {
        await using InMemorySecretStore store = new();
        store.Faults.Add(new InMemoryFault(SecretErrorCode.Throttled) { Operation = InMemoryOperation.Read, Times = 2, RetryAfter = TimeSpan.FromSeconds(7) });
        for (int i = 0; i < 2; i++)
        {
            SecretException error = Assert.ThrowsAsync<SecretException>(async () => await store.ReadAsync([new SecretRead(Db)], default));
            Assert.That((error.Code, error.RetryAfter, error.StoreName), Is.EqualTo((SecretErrorCode.Throttled, TimeSpan.FromSeconds(7), store.Name)));
        }

        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
    }

    [Test]
    public async Task A_fault_with_an_address_spoils_that_entry_only()
    {
        await using InMemorySecretStore store = new();
        store.Put(Db, new() { ["value"] = "1" });
        store.Put(Api, new() { ["value"] = "2" });
        using (store.Faults.Add(new InMemoryFault(SecretErrorCode.Denied) { Address = Db }))
        {
            IReadOnlyList<SecretReadResult> results = await store.ReadAsync([new SecretRead(Db), new SecretRead(Api)], default);
            Assert.That(results.Select(result => result.Status), Is.EqualTo(new[] { SecretReadStatus.Denied, SecretReadStatus.Found }));
        }

        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_lost_acknowledgement_leaves_the_write_in_place()
    {
        await using InMemorySecretStore store = new();
        store.Faults.Add(new InMemoryFault(SecretErrorCode.TimedOut) { Operation = InMemoryOperation.Write, AfterEffect = true, Times = 1 });
        Assert.ThrowsAsync<SecretException>(async () => await store.WriteAsync(new SecretWrite(new SecretProperties(Db, default), new SecretValues { ["value"] = "1" }), default));
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_credential_that_may_not_read_values_still_describes_and_lists()
    {
        await using InMemorySecretStore store = new();
        store.Put(Db, new() { ["value"] = "1" });
        store.Faults.RefusesValueReads = true;
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Denied));
        Assert.That((await store.DescribeAsync([Db], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        Assert.That((await store.ListAsync(new SecretListing(), default)).Items, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_credential_with_narrow_rights_cannot_tell_missing_from_denied()
    {
        await using InMemorySecretStore store = new();
        store.Put(Db, new() { ["value"] = "1" });
        store.Faults.HidesMissing = true;
        IReadOnlyList<SecretReadResult> results = await store.ReadAsync([new SecretRead(Db), new SecretRead(Api)], default);
        Assert.That(results.Select(result => result.Status), Is.EqualTo(new[] { SecretReadStatus.Found, SecretReadStatus.MissingOrDenied }));
    }

    [Test]
    public async Task Held_calls_wait_until_the_hold_is_disposed()
    {
        await using InMemorySecretStore store = new();
        store.Put(Db, new() { ["value"] = "1" });
        InMemoryHold hold = store.Faults.Hold(InMemoryOperation.Read);
        Task<IReadOnlyList<SecretReadResult>> read = store.ReadAsync([new SecretRead(Db)], default).AsTask();
        await hold.WhenHeldAsync();
        Assert.That(read.IsCompleted, Is.False);
        hold.Dispose();
        Assert.That((await read)[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_held_call_can_be_cancelled()
    {
        await using InMemorySecretStore store = new();
        using InMemoryHold hold = store.Faults.Hold(InMemoryOperation.Read);
        using CancellationTokenSource cancel = new();
        Task read = store.ReadAsync([new SecretRead(Db)], cancel.Token).AsTask();
        await cancel.CancelAsync();
        Assert.That(async () => await read, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Latency_passes_on_the_stores_own_clock()
    {
        ManualTimeProvider clock = new();
        await using InMemorySecretStore store = new(new InMemorySecretStoreOptions { TimeProvider = clock, Latency = TimeSpan.FromSeconds(3) });
        Task read = store.ReadAsync([new SecretRead(Db)], default).AsTask();
        clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.That(read.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await read;
    }

    [Test]
    public async Task Calls_round_trips_and_addresses_are_counted()
    {
        await using InMemorySecretStore store = new(new InMemorySecretStoreOptions { MaxBatchSize = 2 });
        await store.ReadAsync([new SecretRead(Db), new SecretRead(Api), new SecretRead(Db)], default);
        await store.DescribeAsync([Db], default);
        Assert.That(store.Calls.Count(InMemoryOperation.Read), Is.EqualTo(1));
        Assert.That(store.Calls.Recorded[0].RoundTrips, Is.EqualTo(2));
        Assert.That(store.Calls.Count(InMemoryOperation.Read, Db), Is.EqualTo(2));
        Assert.That(store.Calls.Total, Is.EqualTo(2));
        store.Calls.Clear();
        Assert.That(store.Calls.Total, Is.Zero);
    }

    [Test]
    public async Task Put_passes_by_faults_counts_and_narrowed_features()
    {
        await using InMemorySecretStore store = new(new InMemorySecretStoreOptions { Features = SecretStoreFeatures.None });
        store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Operation = InMemoryOperation.Write });
        store.Put(Db, new() { ["value"] = "1" });
        Assert.That(store.Calls.Total, Is.Zero);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
        store.Remove(Db);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.NotFound));
    }

    [Test]
    public async Task A_broken_watch_ends_with_its_error()
    {
        await using InMemorySecretStore store = new();
        await using IAsyncEnumerator<SecretStoreChange> watch = store.WatchAsync(default).GetAsyncEnumerator();
        ValueTask<bool> next = watch.MoveNextAsync();
        store.BreakWatches();
        SecretException error = Assert.ThrowsAsync<SecretException>(async () => await next);
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.Unavailable));
    }

    [Test]
    public async Task A_version_that_is_switched_off_is_denied_until_it_is_switched_on()
    {
        await using InMemorySecretStore store = new();
        SecretVersion version = store.Put(Db, new() { ["value"] = "1" }).Version;
        store.SwitchVersion(Db, version, on: false);
        SecretReadResult off = (await store.ReadAsync([new SecretRead(Db)], default))[0];
        Assert.That((off.Status, off.Error!.Reason), Is.EqualTo((SecretReadStatus.Denied, "disabled")));
        Assert.That((await store.DescribeAsync([Db], default))[0].Properties!.State, Is.EqualTo(SecretVersionState.Disabled));
        store.SwitchVersion(Db, version, on: true);
        Assert.That((await store.ReadAsync([new SecretRead(Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_disposed_store_answers_nothing()
    {
        InMemorySecretStore store = new();
        await store.DisposeAsync();
        Assert.That(async () => await store.ReadAsync([new SecretRead(Db)], default), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_rename_carries_id_creation_and_history_along()
    {
        await using InMemorySecretStore store = new();
        SecretProperties first = store.Put(Db, new() { ["value"] = "1" });
        SecretProperties moved = await store.WriteAsync(
            new SecretWrite(new SecretProperties(Api, default), new SecretValues { ["value"] = "1" }, SecretCondition.Absent) { MoveFrom = Db }, default);
        Assert.That((moved.Id, moved.CreatedOn), Is.EqualTo((first.Id, first.CreatedOn)));
        SecretPage versions = await store.ListVersionsAsync(Api, null, default);
        Assert.That(versions.Items.Select(item => item.State), Is.EqualTo(new[] { SecretVersionState.Current, SecretVersionState.Previous }));
        Assert.That(versions.Items.Select(item => item.Address), Is.All.EqualTo(Api));
    }
}
