using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Caching;

[TestFixture]
internal sealed class FreshnessTests
{
    [Test]
    public async Task Arcus_sliding_expiration_never_refreshed_a_busy_secret_ours_is_new_within_its_freshness()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        await rig.ReadAsync("db");
        rig.Put("db", "new");
        TimeSpan waited = TimeSpan.Zero;
        while (await rig.ReadAsync("db") != "new")
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(50));
            waited += TimeSpan.FromMilliseconds(50);
            Assert.That(waited, Is.LessThanOrEqualTo(TimeSpan.FromMinutes(5)));
        }

        Assert.That(waited, Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(2.5)), "and not before half of it");
    }

    [Test]
    public async Task A_refresh_happens_behind_the_readers_back_and_reads_stay_warm()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        await rig.ReadAsync("db");
        int cold = 0;
        for (int second = 0; second < 3_600; second++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(1));
            if (!rig.Client.TryGetSecret("db", out _)) cold++;
        }

        Assert.That(cold, Is.Zero);
        Assert.That(rig.Reads, Is.InRange(1 + 12, 1 + 24), "once in 2.5 to 5 minutes");
    }

    [Test]
    public async Task A_secret_that_is_not_read_is_not_refreshed_and_not_served_past_its_freshness()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        await rig.ReadAsync("db");

        rig.Pass(TimeSpan.FromMinutes(6));

        Assert.That(rig.Reads, Is.EqualTo(1));
        Assert.That(rig.Client.TryGetSecret("db", out _), Is.False);
    }

    [Test]
    public async Task A_refresh_that_hangs_does_not_keep_an_old_value_alive()
    {
        await using ClientRig rig = new(client: builder => builder.ConfigureCache(cache => cache.StoreTimeout = TimeSpan.FromMinutes(10)));
        rig.Put("db", "1");
        await rig.ReadAsync("db");
        rig.Client.TryGetSecret("db", out _);
        using (InMemoryHold hold = rig.Store.Faults.Hold(InMemoryOperation.Read))
        {
            rig.Pass(TimeSpan.FromMinutes(5));
            await hold.WhenHeldAsync();
            rig.Time.Advance(TimeSpan.FromSeconds(1));

            Assert.That(rig.Client.TryGetSecret("db", out _), Is.False);
        }

        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_tag_or_the_host_gives_a_secret_its_own_freshness()
    {
        await using ClientRig rig = new(client: builder => builder.ConfigureCache(cache => cache.FreshnessOf = properties => properties.Name == "hosts" ? TimeSpan.FromSeconds(2) : null));
        rig.Store.Put(new SecretWrite(new SecretProperties(SecretAddress.Public("tagged"), default) { Tags = new Dictionary<string, string> { [SecretCacheOptions.FreshnessTag] = "00:00:10" } }, ClientRig.Key("old")));
        rig.Store.Put(new SecretWrite(new SecretProperties(SecretAddress.Public("nonsense"), default) { Tags = new Dictionary<string, string> { [SecretCacheOptions.FreshnessTag] = "soon" } }, ClientRig.Key("old")));
        rig.Put("hosts", "old");
        foreach (string name in new[] { "tagged", "nonsense", "hosts" })
            await rig.ReadAsync(name);
        foreach (string name in new[] { "tagged", "nonsense", "hosts" })
            rig.Store.Put(SecretAddress.Public(name), ClientRig.Key("new"));

        rig.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await rig.ReadAsync("hosts"), await rig.ReadAsync("tagged")), Is.EqualTo(("new", "old")));
        rig.Time.Advance(TimeSpan.FromSeconds(8));
        Assert.That((await rig.ReadAsync("tagged"), await rig.ReadAsync("nonsense")), Is.EqualTo(("new", "old")));
    }

    [Test]
    public async Task A_refresh_of_unchanged_secrets_transfers_no_value()
    {
        List<SecretRead> seen = [];
        InMemorySecretStore inner = new(new InMemorySecretStoreOptions { Features = ClientRig.NoWatch });
        SecretVersion version = inner.Put(SecretAddress.Public("db"), ClientRig.Key("1")).Version;
        await using SecretsClient client = SecretsClient.Create(builder => builder.UseStore(_ => new Recording(inner, seen)));
        Secret first = await client.GetSecretAsync("db");

        Secret second = await client.RefreshSecretAsync(new SecretLookup("db"));

        Assert.That(seen.Select(read => read.UnlessVersion), Is.EqualTo(new SecretVersion?[] { null, version }));
        Assert.That(second, Is.SameAs(first));
    }

    [Test]
    public async Task RefreshSecretAsync_asks_whatever_is_in_memory_and_a_failure_leaves_it()
    {
        await using ClientRig rig = new();
        rig.Put("db", "old");
        await rig.ReadAsync("db");
        rig.Put("db", "new");

        Assert.That(ClientRig.KeyOf(await rig.Client.RefreshSecretAsync(new SecretLookup("db"))), Is.EqualTo("new"));
        rig.Store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));

        Assert.That((await Refusal.OfAsync(rig.Client.RefreshSecretAsync(new SecretLookup("db")))).Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("new"));
    }

    [Test]
    public async Task Bank_vaults_and_nomad_mixed_a_user_and_a_password_of_two_versions_ours_come_from_one()
    {
        await using ClientRig rig = new();
        rig.Store.Put(SecretAddress.Public("db"), new() { ["user"] = "u0", ["password"] = "p0" });
        for (int i = 1; i <= 500; i++)
        {
            rig.Store.Put(SecretAddress.Public("db"), new() { ["user"] = $"u{i}", ["password"] = $"p{i}" });
            Secret secret = i % 2 == 0 ? await rig.Client.RefreshSecretAsync(new SecretLookup("db")) : await rig.Client.GetSecretAsync("db");
            Assert.That(secret["password"].RevealString()[1..], Is.EqualTo(secret["user"].RevealString()[1..]));
        }
    }

    private sealed class Recording(ISecretStore inner, List<SecretRead> seen) : DelegatingSecretStore(inner)
    {
        public override ValueTask<IReadOnlyList<SecretReadResult>> ReadAsync(IReadOnlyList<SecretRead> reads, CancellationToken cancellationToken)
        {
            seen.AddRange(reads);
            return Inner.ReadAsync(reads, cancellationToken);
        }
    }
}
