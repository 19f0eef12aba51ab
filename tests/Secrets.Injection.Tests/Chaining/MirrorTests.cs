using Secrets.Injection.Tests.Client;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Chaining;

[TestFixture]
internal sealed class MirrorTests
{
    [Test]
    public async Task Every_write_is_in_both_stores()
    {
        await using StorePair pair = StorePair.Mirror();

        await pair.Client.CreateSecretAsync("a", ClientRig.Key("1"));
        await pair.Client.UpdateSecretAsync("a", update => update.Set("key", "2"));
        Assert.That((await StorePair.ValueIn(pair.One, "a"), await StorePair.ValueIn(pair.Two, "a")), Is.EqualTo(("2", "2")));
        await pair.Client.RenameSecretAsync("a", "b");
        Assert.That((await StorePair.ValueIn(pair.Two, "a"), await StorePair.ValueIn(pair.Two, "b")), Is.EqualTo(((string?)null, "2")));
        await pair.Client.DeleteSecretAsync("b");

        Assert.That((await StorePair.ValueIn(pair.One, "b"), await StorePair.ValueIn(pair.Two, "b")), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    [Behaviour("Z83")]
    public async Task The_mirror_answers_while_the_first_store_fails_and_is_marked()
    {
        await using StorePair pair = StorePair.Mirror();
        await pair.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        IDisposable outage = pair.One.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable));

        SecretLookupResult result = (await pair.Client.GetSecretsAsync([new("db")]))[0];
        Assert.That((ClientRig.KeyOf(result.Secret!), result.IsDegraded), Is.EqualTo(("1", true)));
        Assert.That(pair.Client.TryGetSecret("db", out _), Is.False, "never kept as the truth");
        outage.Dispose();
        pair.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That((await pair.Client.GetSecretsAsync([new("db")]))[0].IsDegraded, Is.False);
    }

    [Test]
    [Behaviour("Z83")]
    public async Task The_mirror_answers_for_what_the_first_store_lacks()
    {
        await using StorePair pair = StorePair.Mirror();
        StorePair.Put(pair.Two, "db", "backup");

        SecretLookupResult result = (await pair.Client.GetSecretsAsync([new("db")]))[0];

        Assert.That((ClientRig.KeyOf(result.Secret!), result.IsDegraded), Is.EqualTo(("backup", true)));
        await pair.Client.UpdateSecretAsync("db", update => update.Set("key", "new"));
        Assert.That((await StorePair.ValueIn(pair.One, "db"), await StorePair.ValueIn(pair.Two, "db")), Is.EqualTo(("new", "new")), "a change brings it back to the first");
    }

    [Test]
    public async Task A_denial_is_not_mirrored_away()
    {
        await using StorePair pair = StorePair.Mirror();
        await pair.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        pair.One.Faults.Add(new InMemoryFault(SecretErrorCode.Denied) { Address = SecretAddress.Public("db") });

        Assert.That((await Refusal.OfAsync(pair.Client.RefreshSecretAsync(new SecretLookup("db")))).Code, Is.EqualTo(SecretErrorCode.Denied));
    }

    [Test]
    public async Task A_mirror_that_cannot_take_a_write_fails_no_write()
    {
        await using StorePair pair = StorePair.Mirror();
        pair.Two.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Operation = InMemoryOperation.Write, Times = 1 });

        await pair.Client.CreateSecretAsync("db", ClientRig.Key("1"));
        Assert.That((await StorePair.ValueIn(pair.One, "db"), await StorePair.ValueIn(pair.Two, "db")), Is.EqualTo(("1", (string?)null)));
        await pair.Client.UpdateSecretAsync("db", update => update.Set("key", "2"));

        Assert.That(await StorePair.ValueIn(pair.Two, "db"), Is.EqualTo("2"), "the next write catches it up");
    }

    [Test]
    public async Task A_write_that_the_first_store_refuses_is_in_neither()
    {
        await using StorePair pair = StorePair.Mirror();
        pair.One.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Operation = InMemoryOperation.Write });

        Assert.That((await Refusal.OfAsync(pair.Client.CreateSecretAsync("db", ClientRig.Key("1")))).Code, Is.EqualTo(SecretErrorCode.Unavailable));
        Assert.That(await StorePair.ValueIn(pair.Two, "db"), Is.Null);
    }

    [Test]
    public void A_mirror_has_to_be_writable()
    {
        InMemorySecretStore readOnly = new(new InMemorySecretStoreOptions { Name = "two", Features = SecretStoreFeatures.None });

        Assert.That(
            () => SecretsClient.Create(builder => builder.UseMirrored(first => first.UseInMemory(), second => second.UseInMemory(readOnly))),
            Throws.InstanceOf<SecretException>().With.Property("Code").EqualTo(SecretErrorCode.Unsupported));
    }
}
