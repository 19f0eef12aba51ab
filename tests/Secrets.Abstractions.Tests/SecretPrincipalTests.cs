namespace Secrets.Tests;

[TestFixture]
public sealed class SecretPrincipalTests
{
    [Test]
    public void Roles_are_a_set_in_order()
    {
        SecretPrincipal ada = new("ada", SecretRole.Member, SecretRole.Admin, SecretRole.Member);
        Assert.That(ada.Roles, Is.EqualTo(new[] { SecretRole.Admin, SecretRole.Member }));
        Assert.That(ada.IsInRole(SecretRole.Admin) && !ada.IsInRole(new SecretRole("Admin")), Is.True);
        Assert.That(ada.ToString(), Is.EqualTo("ada (admin, member)"));
    }

    [Test]
    public void Principals_compare_by_id_and_roles()
    {
        SecretPrincipal ada = new("ada", SecretRole.Admin, SecretRole.Member);
        Assert.That(ada, Is.EqualTo(new SecretPrincipal("ada", SecretRole.Member, SecretRole.Admin)));
        Assert.That(ada.GetHashCode(), Is.EqualTo(new SecretPrincipal("ada", SecretRole.Member, SecretRole.Admin).GetHashCode()));
        Assert.That(ada, Is.Not.EqualTo(new SecretPrincipal("Ada", SecretRole.Admin, SecretRole.Member)));
        Assert.That(ada, Is.Not.EqualTo(new SecretPrincipal("ada", SecretRole.Member)));
        Assert.That(ada, Is.Not.EqualTo(new SecretPrincipal(null, SecretRole.Admin, SecretRole.Member)));
    }

    [Test]
    public void The_host_owns_nothing_and_may_all_and_nobody_may_nothing()
    {
        Assert.That((SecretPrincipal.Host.Id, SecretPrincipal.Host.IsInRole(SecretRole.Admin)), Is.EqualTo(((string?)null, true)));
        Assert.That((SecretPrincipal.Anonymous.Id, SecretPrincipal.Anonymous.Roles.Count), Is.EqualTo(((string?)null, 0)));
    }

    [Test]
    public void An_id_of_128_chars_is_the_longest()
    {
        Assert.That(new SecretPrincipal(new string('i', 128)).Id, Has.Length.EqualTo(128));
        AssertRefused(new string('i', 129));
    }

    [TestCase("")]
    [TestCase("a\nb")]
    [TestCase("\uD83D\uDE00")]
    public void An_id_past_its_rule_is_refused(string id) => AssertRefused(id);

    private static void AssertRefused(string id)
    {
        SecretException error = Assert.Throws<SecretException>(() => _ = new SecretPrincipal(id));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "principal-id")));
    }
}
