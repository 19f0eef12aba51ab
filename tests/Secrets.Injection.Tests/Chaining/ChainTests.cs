using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Chaining;

[TestFixture]
internal sealed class ChainTests
{
    private const SecretStoreFeatures ReadOnly = SecretStoreFeatures.List | SecretStoreFeatures.Describe | SecretStoreFeatures.KeysWithoutValues | SecretStoreFeatures.Versions;

    [Test]
    public async Task The_first_store_that_has_it_answers()
    {
        await using StorePair pair = StorePair.Chain();
        StorePair.Put(pair.One, "both", "1");
        StorePair.Put(pair.Two, "both", "2");
        StorePair.Put(pair.Two, "second", "2");

        Assert.That((await pair.ReadAsync("both"), await pair.ReadAsync("second")), Is.EqualTo(("1", "2")));
    }

    [TestCase(SecretErrorCode.Unavailable)]
    [TestCase(SecretErrorCode.TimedOut)]
    [TestCase(SecretErrorCode.Denied)]
    [TestCase(SecretErrorCode.Throttled)]
    public async Task Arcus_a_timeout_fell_through_to_the_next_store_ours_fails_closed(SecretErrorCode code)
    {
        await using StorePair pair = StorePair.Chain();
        StorePair.Put(pair.Two, "db", "fallback");
        pair.One.Faults.Add(new InMemoryFault(code));

        SecretException error = await Refusal.OfAsync(pair.Client.GetSecretAsync("db"));

        Assert.That((error.Code, error.StoreName), Is.EqualTo((code, "one")));
    }

    [Test]
    public async Task Arcus_a_fallback_was_cached_past_the_recovery_ours_is_marked_and_never_kept()
    {
        await using StorePair pair = StorePair.Chain(fallBack: true);
        StorePair.Put(pair.One, "db", "truth");
        StorePair.Put(pair.Two, "db", "fallback");
        IDisposable outage = pair.One.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));

        SecretLookupResult degraded = (await pair.Client.GetSecretsAsync([new("db")]))[0];
        Assert.That((ClientRig.KeyOf(degraded.Secret!), degraded.IsDegraded), Is.EqualTo(("fallback", true)));
        Assert.That(pair.Client.TryGetSecret("db", out _), Is.False);
        outage.Dispose();
        pair.Time.Advance(TimeSpan.FromSeconds(2));

        SecretLookupResult recovered = (await pair.Client.GetSecretsAsync([new("db")]))[0];
        Assert.That((ClientRig.KeyOf(recovered.Secret!), recovered.IsDegraded), Is.EqualTo(("truth", false)));
    }

    [Test]
    public async Task A_last_good_value_of_the_right_store_beats_a_fallback()
    {
        await using StorePair pair = StorePair.Chain(fallBack: true);
        StorePair.Put(pair.One, "db", "truth");
        StorePair.Put(pair.Two, "db", "fallback");
        await pair.ReadAsync("db");
        pair.One.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));
        pair.Time.Advance(TimeSpan.FromMinutes(6));

        SecretLookupResult result = (await pair.Client.GetSecretsAsync([new("db")]))[0];

        Assert.That((ClientRig.KeyOf(result.Secret!), result.IsDegraded), Is.EqualTo(("truth", true)));
    }

    [Test]
    public async Task Not_found_behind_an_outage_is_the_outage()
    {
        await using StorePair pair = StorePair.Chain(fallBack: true);
        pair.One.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));

        Assert.That((await Refusal.OfAsync(pair.Client.GetSecretAsync("none"))).Code, Is.EqualTo(SecretErrorCode.Unavailable));
    }

    [Test]
    public async Task The_same_version_of_two_stores_is_not_the_same()
    {
        await using StorePair pair = StorePair.Chain();
        SecretVersion first = StorePair.Put(pair.Two, "db", "two");
        Secret before = await pair.Client.GetSecretAsync("db");
        SecretVersion same = StorePair.Put(pair.One, "db", "one");
        Assert.That(same, Is.EqualTo(first), "the stores number alike");

        Secret after = await pair.Client.RefreshSecretAsync(new SecretLookup("db"));

        Assert.That(ClientRig.KeyOf(after), Is.EqualTo("one"), "\"same as before\" must not come from another store");
        Assert.That(after.Version, Is.Not.EqualTo(before.Version));
        Assert.That(before.Version.Value, Does.EndWith("@two"));
    }

    [Test]
    public async Task A_new_secret_goes_to_the_first_store_that_can_write()
    {
        await using StorePair pair = StorePair.Chain(oneFeatures: ReadOnly);

        await pair.Client.CreateSecretAsync("db", ClientRig.Key("1"));

        Assert.That((await StorePair.ValueIn(pair.One, "db"), await StorePair.ValueIn(pair.Two, "db")), Is.EqualTo(((string?)null, "1")));
    }

    [Test]
    public async Task A_change_goes_to_the_store_that_has_the_secret()
    {
        await using StorePair pair = StorePair.Chain();
        StorePair.Put(pair.Two, "db", "old");

        await pair.Client.UpdateSecretAsync("db", update => update.Set("key", "new"));
        await pair.Client.RenameSecretAsync("db", "database");
        Assert.That((await StorePair.ValueIn(pair.One, "database"), await StorePair.ValueIn(pair.Two, "database")), Is.EqualTo(((string?)null, "new")));
        await pair.Client.DeleteSecretAsync("database");

        Assert.That(await StorePair.ValueIn(pair.Two, "database"), Is.Null);
    }

    [Test]
    public async Task After_a_deletion_what_it_shadowed_applies_at_once()
    {
        await using StorePair pair = StorePair.Chain();
        StorePair.Put(pair.One, "db", "1");
        StorePair.Put(pair.Two, "db", "2");
        await pair.ReadAsync("db");

        await pair.Client.DeleteSecretAsync("db");

        Assert.That(await pair.ReadAsync("db"), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_secret_of_a_store_that_cannot_be_written_is_not_shadowed_in_vain()
    {
        await using StorePair pair = StorePair.Chain(oneFeatures: ReadOnly);
        StorePair.Put(pair.One, "db", "fixed");

        SecretException error = await Refusal.OfAsync(pair.Client.CreateSecretAsync("db", ClientRig.Key("never read")));

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.Unsupported, "shadowed")));
        Assert.That(await StorePair.ValueIn(pair.Two, "db"), Is.Null);
    }

    [Test]
    public async Task A_listing_has_every_secret_once_and_only_those_that_apply()
    {
        await using StorePair pair = StorePair.Chain();
        for (int i = 0; i < 150; i++)
        {
            StorePair.Put(pair.One, $"a{i}", "1");
            StorePair.Put(pair.Two, i % 2 == 0 ? $"a{i}" : $"b{i}", "2");
        }

        List<SecretProperties> all = await pair.Client.ListSecretsAsync().ToListAsync();

        Assert.That(all.Select(item => item.Name), Is.Unique);
        Assert.That(all, Has.Count.EqualTo(150 + 75));
    }

    [Test]
    public async Task Versions_are_listed_and_read_where_the_secret_is()
    {
        await using StorePair pair = StorePair.Chain();
        StorePair.Put(pair.Two, "db", "old");
        StorePair.Put(pair.Two, "db", "new");

        List<SecretProperties> versions = await pair.Client.ListVersionsAsync(new SecretLookup("db")).ToListAsync();
        Secret old = await pair.Client.GetSecretAsync(new SecretLookup("db") { Version = versions[1].Version });

        Assert.That(versions.Select(version => version.Version.Value), Is.All.EndsWith("@two"));
        Assert.That(ClientRig.KeyOf(old), Is.EqualTo("old"));
    }

    [Test]
    public void Two_stores_of_one_name_are_refused()
    {
        Assert.That(
            () => SecretsClient.Create(builder => builder.UseInMemory().UseInMemory()),
            Throws.InstanceOf<SecretException>().With.Property("Reason").EqualTo("store-names"));
    }

    [Test]
    public async Task A_change_in_any_store_is_told()
    {
        await using StorePair pair = StorePair.Chain(oneFeatures: InMemorySecretStoreOptions.AllFeatures, twoFeatures: InMemorySecretStoreOptions.AllFeatures);
        StorePair.Put(pair.Two, "db", "old");
        await pair.ReadAsync("db");
        TaskCompletionSource<SecretChange> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = pair.Client.OnChange("db", change => told.TrySetResult(change));
        while (pair.One.Calls.Count(InMemoryOperation.Watch) + pair.Two.Calls.Count(InMemoryOperation.Watch) < 2)
            await Task.Yield();

        StorePair.Put(pair.Two, "db", "new");

        Assert.That(ClientRig.KeyOf((await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).Current!), Is.EqualTo("new"));
    }
}
