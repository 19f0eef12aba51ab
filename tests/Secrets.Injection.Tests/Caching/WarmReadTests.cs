using Secrets.Injection.Tests.Client;

namespace Secrets.Injection.Tests.Caching;

[TestFixture]
internal sealed class WarmReadTests
{
    [Test]
    public async Task TryGetSecret_is_memory_only()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");

        Assert.That(rig.Client.TryGetSecret("db", out _), Is.False);
        Assert.That(rig.Store.Calls.Total, Is.Zero);
        await rig.ReadAsync("db");

        Assert.That(rig.Client.TryGetSecret("db", out Secret? secret), Is.True);
        Assert.That(ClientRig.KeyOf(secret!), Is.EqualTo("1"));
        Assert.That(rig.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task A_warm_read_completes_at_once_and_allocates_nothing()
    {
        await using ClientRig rig = new(client: builder => builder.WithScopes(project: "churn", cluster: "gpu-1"));
        rig.Put("db", "1");
        await rig.ReadAsync("db");
        Secret? last = null;
        bool isComplete = true;
        for (int round = 0; round < 2; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                isComplete &= rig.Client.TryGetSecret("db", out last);
                ValueTask<Secret> read = rig.Client.GetSecretAsync("db");
                isComplete &= read.IsCompletedSuccessfully;
                last = read.Result;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            // The first round compiles.
            if (round == 1) Assert.That(allocated, Is.Zero);
        }

        Assert.That(isComplete, Is.True);
        Assert.That(last, Is.Not.Null);
        Assert.That(rig.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task Infisical_cache_key_lacked_part_of_the_identity_ours_has_principal_chain_restriction_and_version()
    {
        await using ClientRig rig = new();
        SecretVersion old = rig.Store.Put(SecretAddress.Public("db"), ClientRig.Key("old")).Version;
        rig.Put("db", "public");
        rig.Put(SecretAddress.Private(SecretScope.Team, "ada", "db"), "ada's");
        rig.Put(SecretAddress.Private(SecretScope.Team, "bob", "db"), "bob's");
        rig.Put(SecretAddress.Public(SecretScope.Project("churn"), "db"), "project's");
        SecretsClient churn = rig.Client.WithScopes(SecretScopeChain.Default("churn"));
        for (int warmth = 0; warmth < 2; warmth++)
        {
            Assert.That(await rig.ReadAsync("db"), Is.EqualTo("ada's"));
            Assert.That(ClientRig.KeyOf(await rig.Client.As(ClientRig.Bob).GetSecretAsync("db")), Is.EqualTo("bob's"));
            Assert.That(ClientRig.KeyOf(await churn.As(SecretPrincipal.Anonymous).GetSecretAsync("db")), Is.EqualTo("project's"));
            Assert.That(ClientRig.KeyOf(await rig.Client.As(SecretPrincipal.Anonymous).GetSecretAsync("db")), Is.EqualTo("public"));
            Assert.That(ClientRig.KeyOf(await rig.Client.GetSecretAsync("db", SecretVisibility.Public)), Is.EqualTo("public"));
            Assert.That(ClientRig.KeyOf(await rig.Client.As(SecretPrincipal.Anonymous).GetSecretAsync(new SecretLookup("db") { Version = old })), Is.EqualTo("old"));
        }
    }

    [Test]
    public async Task Views_of_the_same_eyes_share_what_is_warm()
    {
        await using ClientRig rig = new();
        rig.Put("db", "1");
        await rig.Client.As(ClientRig.Bob).GetSecretAsync("db");

        Assert.That(rig.Client.As(new SecretPrincipal("bob", SecretRole.Member)).TryGetSecret("db", out _), Is.True);
        await rig.Client.As(SecretPrincipal.Anonymous).GetSecretAsync("db");
        Assert.That(rig.Store.Calls.Count(InMemoryOperation.Read, SecretAddress.Public("db")), Is.EqualTo(1), "another's eyes, the same public secret");
    }

    [Test]
    public async Task Own_writes_are_visible_at_once_in_every_view()
    {
        await using ClientRig rig = new();
        SecretsClient bob = rig.Client.As(ClientRig.Bob);
        Assert.That((await Refusal.OfAsync(rig.Client.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.NotFound));

        await rig.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("1"));
        Assert.That(ClientRig.KeyOf(await bob.GetSecretAsync("db")), Is.EqualTo("1"));
        await rig.Client.UpdateSecretAsync("db", update => update.Set("key", "2"));
        Assert.That(bob.TryGetSecret("db", out Secret? seen), Is.True);
        Assert.That(ClientRig.KeyOf(seen!), Is.EqualTo("2"));
        await rig.Client.DeleteSecretAsync("db");

        Assert.That(bob.TryGetSecret("db", out _), Is.False);
        Assert.That((await Refusal.OfAsync(bob.GetSecretAsync("db"))).Code, Is.EqualTo(SecretErrorCode.NotFound));
    }

    [Test]
    public async Task A_read_that_was_under_way_does_not_undo_an_own_write()
    {
        await using ClientRig rig = new();
        Task<string> read;
        using (InMemoryHold hold = rig.Store.Faults.Hold(InMemoryOperation.Read))
        {
            read = rig.ReadAsync("db");
            await hold.WhenHeldAsync();
            await rig.Client.CreateSecretAsync("db", ClientRig.Key("new"));
        }

        Assert.That(await read, Is.EqualTo("new"));
        Assert.That(await rig.ReadAsync("db"), Is.EqualTo("new"));
    }

    [Test]
    public async Task What_nobody_reads_any_more_is_forgotten()
    {
        await using ClientRig rig = new();
        for (int i = 0; i < 100; i++)
            await Refusal.OfAsync(rig.Client.GetSecretAsync($"none{i}"));
        rig.Put("db", "1");
        await rig.ReadAsync("db");
        Assert.That(rig.Client.Health.Now().Values, Is.EqualTo(1));

        rig.Pass(TimeSpan.FromMinutes(70));

        Assert.That(rig.Client.Health.Now().Values, Is.Zero);
        Assert.That(rig.Reads, Is.EqualTo(101), "nor asked for");
        Assert.That(rig.Time.PendingTimers, Is.Zero);
    }

    [Test]
    public async Task A_disposed_client_says_so()
    {
        ClientRig rig = new();
        rig.Put("db", "1");
        await rig.ReadAsync("db");
        await rig.DisposeAsync();

        Assert.That(rig.Client.TryGetSecret("db", out _), Is.False, "nothing would take it away any more");
        Assert.That(async () => await rig.Client.GetSecretAsync("db"), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await rig.Client.CreateSecretAsync("a", ClientRig.Key("1")), Throws.InstanceOf<ObjectDisposedException>());
        await rig.DisposeAsync();
    }
}
