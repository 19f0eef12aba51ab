namespace Secrets.Tests;

[TestFixture]
public sealed class SecretAddressTests
{
    [Test]
    public void Visibility_is_having_an_owner()
    {
        Assert.That(SecretAddress.Public("db").Visibility, Is.EqualTo(SecretVisibility.Public));
        Assert.That(SecretAddress.Private(SecretScope.Team, "ada", "db").Visibility, Is.EqualTo(SecretVisibility.Private));
    }

    [Test]
    public void A_private_secret_has_an_owner_who_is_somebody() =>
        Assert.That(() => SecretAddress.Private(SecretScope.Team, "", "db"), Throws.ArgumentException);

    [Test]
    public void Addresses_differ_by_each_part()
    {
        SecretAddress db = SecretAddress.Public("db");
        Assert.That(db, Is.EqualTo(new SecretAddress(default, null, "db")));
        Assert.That(db, Is.Not.EqualTo(SecretAddress.Public("DB")));
        Assert.That(db, Is.Not.EqualTo(SecretAddress.Public(SecretScope.Project("a"), "db")));
        Assert.That(db, Is.Not.EqualTo(SecretAddress.Private(SecretScope.Team, "ada", "db")));
    }

    [Test]
    public void A_lookup_says_what_restricts_it()
    {
        Assert.That(new SecretLookup("db").ToString(), Is.EqualTo("'db'"));
        Assert.That(
            new SecretLookup("db") { Visibility = SecretVisibility.Public, Scope = SecretScope.Project("a"), Version = new SecretVersion("3") }.ToString(),
            Is.EqualTo("'db' at project:a, public only, version 3"));
        Assert.That(new SecretLookup("db") { ScopeKind = "project" }.ToString(), Is.EqualTo("'db' at the project scope"));
    }

    [Test]
    public void People_read_scope_and_owner()
    {
        Assert.That(SecretAddress.Public("db").ToString(), Is.EqualTo("'db' (team, public)"));
        Assert.That(SecretAddress.Private(SecretScope.Project("churn"), "ada", "db").ToString(), Is.EqualTo("'db' (project:churn, private to ada)"));
    }
}
