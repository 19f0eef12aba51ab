namespace Secrets.Tests;

[TestFixture]
public sealed class SecretListingTests
{
    private static readonly SecretProperties Public = Of(SecretAddress.Public("openai"));
    private static readonly SecretProperties Adas = Of(SecretAddress.Private(SecretScope.Team, "ada", "openai"));
    private static readonly SecretProperties Bobs = Of(SecretAddress.Private(SecretScope.Team, "bob", "openai"));
    private static readonly SecretProperties Churn = Of(SecretAddress.Public(SecretScope.Project("churn"), "db"));
    private static readonly SecretProperties Deleted = Of(SecretAddress.Public("old")) with { DeletedOn = DateTimeOffset.UnixEpoch };

    [Test]
    public void By_default_all_that_is_public_and_there() => AssertMatches(new SecretListing(), Public, Churn);

    [Test]
    public void An_owner_adds_what_is_private_to_that_owner_only() => AssertMatches(new SecretListing { Owner = "ada" }, Public, Churn, Adas);

    [Test]
    public void Owners_compare_exactly() => AssertMatches(new SecretListing { Owner = "Ada" }, Public, Churn);

    [Test]
    public void Without_the_public_ones_and_without_an_owner_nothing_is_left() => AssertMatches(new SecretListing { IncludePublic = false });

    [Test]
    public void All_owners_are_all() => AssertMatches(new SecretListing { AllOwners = true }, Public, Churn, Adas, Bobs);

    [Test]
    public void Scopes_narrow() => AssertMatches(new SecretListing { Scopes = [SecretScope.Project("churn")] }, Churn);

    [Test]
    public void No_scopes_at_all_are_none() => AssertMatches(new SecretListing { Scopes = [] });

    [Test]
    public void A_prefix_narrows_and_minds_case()
    {
        AssertMatches(new SecretListing { NamePrefix = "open" }, Public);
        AssertMatches(new SecretListing { NamePrefix = "Open" });
    }

    [Test]
    public void Deleted_ones_come_when_asked_for() => AssertMatches(new SecretListing { IncludeDeleted = true }, Public, Churn, Deleted);

    private static SecretProperties Of(SecretAddress address) => new(address, new SecretVersion("1"));

    private static void AssertMatches(SecretListing listing, params SecretProperties[] expected) =>
        Assert.That(new[] { Public, Adas, Bobs, Churn, Deleted }.Where(listing.Matches), Is.EquivalentTo(expected));
}
