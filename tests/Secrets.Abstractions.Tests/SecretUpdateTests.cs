namespace Secrets.Tests;

[TestFixture]
public sealed class SecretUpdateTests
{
    [Test]
    public void It_says_what_to_set_and_what_to_remove()
    {
        SecretUpdate update = new SecretUpdate().Set("a", "1").Set("a", "2").Remove("b").Remove("b");
        Assert.That(update.ValuesToSet.Single().Value.RevealString(), Is.EqualTo("2"));
        Assert.That(update.KeysToRemove, Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public void One_key_is_not_both_set_and_removed()
    {
        AssertRefused(() => new SecretUpdate().Set("a", "1").Remove("a"));
        AssertRefused(() => new SecretUpdate().Remove("a").Set("a", "1"));
        Assert.That(() => new SecretUpdate().Set("a", "1").Remove("A"), Throws.Nothing);
    }

    [Test]
    public void Clearing_a_field_differs_from_keeping_it()
    {
        SecretUpdate kept = new();
        SecretUpdate cleared = new() { Description = null, Type = null, ExpiresOn = null };
        Assert.That((kept.HasDescription, kept.HasType, kept.HasExpiresOn), Is.EqualTo((false, false, false)));
        Assert.That((cleared.HasDescription, cleared.HasType, cleared.HasExpiresOn), Is.EqualTo((true, true, true)));
    }

    private static void AssertRefused(Action act)
    {
        SecretException error = Assert.Throws<SecretException>(act);
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "set-and-remove")));
        Assert.That(error.Message, Does.Contain("'a'"));
    }
}
