using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;
using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Caching;

[TestFixture]
internal sealed class ChangeTests
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    [Test]
    public async Task Azure_Key_Vault_provider_lost_the_notification_after_a_failed_poll_ours_does_not()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        await rig.ReadAsync("db");
        using Follower follower = new(rig, "db");
        IDisposable outage = rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        rig.Put("db", "new");
        rig.Pass(TimeSpan.FromMinutes(10));
        Assert.That(follower.Changes, Is.Empty);

        outage.Dispose();
        rig.Pass(TimeSpan.FromMinutes(3));

        SecretChange change = await follower.NextAsync();
        Assert.That((ClientRig.KeyOf(change.Previous!), ClientRig.KeyOf(change.Current!)), Is.EqualTo(("old", "new")));
        Assert.That(follower.Changes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_clients_own_readers_see_the_new_value_before_followers_are_told()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        await rig.ReadAsync("db");
        TaskCompletionSource<string> seen = new();
        using IDisposable subscription = rig.Client.OnChange("db", _ => seen.SetResult(rig.Client.TryGetSecret("db", out Secret? now) ? ClientRig.KeyOf(now) : "none"));
        rig.Put("db", "new");

        rig.Pass(Freshness);

        Assert.That(await seen.Task, Is.EqualTo("new"));
    }

    [Test]
    public async Task VaultSharp_a_reload_with_one_change_deleted_the_unchanged_ours_changes_what_changed()
    {
        await using ClientRig rig = new();
        rig.Put("a", "1");
        rig.Put("b", "1");
        await rig.ReadAsync("a");
        await rig.ReadAsync("b");
        using Follower a = new(rig, "a");
        using Follower b = new(rig, "b");
        rig.Put("a", "2");

        rig.Pass(Freshness);

        Assert.That(ClientRig.KeyOf((await a.NextAsync()).Current!), Is.EqualTo("2"));
        Assert.That(b.Changes, Is.Empty);
        Assert.That(rig.Client.TryGetSecret("b", out _), Is.True);
    }

    [Test]
    public async Task Kralizek_each_load_started_another_poll_loop_ours_share_one()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        Follower[] followers = [.. Enumerable.Range(0, 20).Select(_ => new Follower(rig, "db"))];
        await rig.ReadAsync("db");
        long before = rig.Reads;

        rig.Pass(TimeSpan.FromMinutes(50));

        Assert.That(rig.Reads - before, Is.InRange(10, 20));
        foreach (Follower follower in followers)
            follower.Dispose();
    }

    [Test]
    public async Task Creation_and_deletion_are_changes_and_the_first_answer_is_none()
    {
        await using ClientRig rig = new();
        using Follower follower = new(rig, "db");
        await Refusal.OfAsync(rig.Client.GetSecretAsync("db"));

        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        SecretChange created = await follower.NextAsync();
        await rig.Client.DeleteSecretAsync("db");
        SecretChange deleted = await follower.NextAsync();

        Assert.That((created.Previous, ClientRig.KeyOf(created.Current!)), Is.EqualTo(((Secret?)null, "1")));
        Assert.That((ClientRig.KeyOf(deleted.Previous!), deleted.Current), Is.EqualTo(("1", (Secret?)null)));
    }

    [Test]
    public async Task A_change_over_two_addresses_shows_as_one()
    {
        await using ClientRig rig = new();
        SecretAddress mine = SecretAddress.Private(SecretScope.Team, "ada", "db");
        rig.Put(mine, "private");
        await rig.ReadAsync("db");
        using Follower follower = new(rig, "db");
        rig.Store.Remove(mine);
        rig.Put("db", "public");

        rig.Pass(TimeSpan.FromMinutes(12));

        SecretChange change = await follower.NextAsync();
        Assert.That((ClientRig.KeyOf(change.Previous!), change.Current is { } now ? ClientRig.KeyOf(now) : null), Is.EqualTo(("private", "public")));
    }

    [Test]
    public async Task A_follower_that_throws_harms_no_other_and_one_that_is_disposed_hears_nothing()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        await rig.ReadAsync("db");
        using IDisposable faulty = rig.Client.OnChange("db", _ => throw new InvalidOperationException("broken"));
        Follower gone = new(rig, "db");
        using Follower good = new(rig, "db");
        gone.Dispose();

        await rig.Client.UpdateSecretAsync("db", update => update.Set("key", "2"));
        await good.NextAsync();
        await rig.Client.UpdateSecretAsync("db", update => update.Set("key", "3"));

        Assert.That(ClientRig.KeyOf((await good.NextAsync()).Current!), Is.EqualTo("3"));
        Assert.That(gone.Changes, Is.Empty);
    }

    [Test]
    public async Task A_store_that_tells_of_changes_is_believed_at_once()
    {
        await using ClientRig rig = new(store => store.Features = InMemorySecretStoreOptions.AllFeatures);
        rig.Put("db", "old");
        await rig.ReadAsync("db");
        using Follower follower = new(rig, "db");
        while (rig.Store.Calls.Count(InMemoryOperation.Watch) == 0)
            await Task.Yield();

        rig.Put("db", "new");

        Assert.That(ClientRig.KeyOf((await follower.NextAsync()).Current!), Is.EqualTo("new"));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("new"));
    }

    [Test]
    public async Task After_a_broken_watch_everything_is_asked_for_again_and_the_watch_starts_anew()
    {
        await using ClientRig rig = new(store => store.Features = InMemorySecretStoreOptions.AllFeatures);
        rig.Put("db", "1");
        await rig.ReadAsync("db");
        using Follower follower = new(rig, "db");
        while (rig.Store.Calls.Count(InMemoryOperation.Watch) == 0)
            await Task.Yield();
        long reads = rig.Reads;

        rig.Store.BreakWatches();
        while (rig.Reads == reads)
            await Task.Yield();
        while (rig.Store.Calls.Count(InMemoryOperation.Watch) == 1)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        rig.Put("db", "2");
        Assert.That(ClientRig.KeyOf((await follower.NextAsync()).Current!), Is.EqualTo("2"));
    }

    [Test]
    public async Task Changes_come_as_a_stream_and_as_a_reload_token_too()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        await rig.ReadAsync("db");
        using CancellationTokenSource ends = new();
        IAsyncEnumerator<SecretChange> stream = rig.Client.WatchSecretAsync(new SecretLookup("db"), ends.Token).GetAsyncEnumerator(CancellationToken.None);
        TaskCompletionSource reloaded = new();
        IChangeToken token = rig.Client.GetReloadToken(new SecretLookup("db"));
        token.RegisterChangeCallback(_ => reloaded.SetResult(), null);

        await rig.Client.UpdateSecretAsync("db", update => update.Set("key", "2"));

        Assert.That(await stream.MoveNextAsync(), Is.True);
        Assert.That(ClientRig.KeyOf(stream.Current.Current!), Is.EqualTo("2"));
        await reloaded.Task;
        Assert.That(token.HasChanged, Is.True);
        await ends.CancelAsync();
        Assert.That(async () => await stream.MoveNextAsync(), Throws.InstanceOf<OperationCanceledException>());
        await stream.DisposeAsync();
    }

    private sealed class Follower : IDisposable
    {
        private readonly IDisposable _subscription;
        private readonly SemaphoreSlim _arrived = new(0);
        private readonly ConcurrentQueue<SecretChange> _next = [];

        internal Follower(ClientRig rig, string name) => _subscription = rig.Client.OnChange(name, change =>
        {
            Changes.Enqueue(change);
            _next.Enqueue(change);
            _arrived.Release();
        });

        internal ConcurrentQueue<SecretChange> Changes { get; } = [];

        internal async Task<SecretChange> NextAsync()
        {
            Assert.That(await _arrived.WaitAsync(TimeSpan.FromSeconds(30)), Is.True, "no change came");
            _next.TryDequeue(out SecretChange? change);
            return change!;
        }

        public void Dispose() => _subscription.Dispose();
    }
}
