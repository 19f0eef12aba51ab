using Secrets.Testing;

namespace Secrets.Tests;

[TestFixture]
public sealed class SecretValuesTests
{
    [Test]
    public void Pairs_keep_the_order_in_which_they_were_added()
    {
        SecretValues values = new() { ["z"] = "1", ["a"] = "2", ["m"] = "3" };
        values["z"] = "4";
        Assert.That(values.Keys, Is.EqualTo(new[] { "z", "a", "m" }));
        Assert.That(values["z"].RevealString(), Is.EqualTo("4"));
    }

    [Test]
    public void Keys_are_case_sensitive()
    {
        SecretValues values = new() { ["key"] = "1", ["KEY"] = "2" };
        Assert.That(values, Has.Count.EqualTo(2));
        Assert.That(values.ContainsKey("Key"), Is.False);
    }

    [Test]
    public void A_missing_key_names_those_that_are_there_and_no_value()
    {
        string canary = Canary.Text();
        SecretValues values = new() { ["user"] = canary, ["password"] = canary };
        SecretException error = Assert.Throws<SecretException>(() => _ = values["pasword"]);
        Assert.That(error.Code, Is.EqualTo(SecretErrorCode.KeyNotFound));
        Assert.That(error.Message, Does.Contain("'pasword'").And.Contain("user, password").And.Not.Contain(canary));
    }

    [Test]
    public void A_key_cannot_be_added_twice_and_the_refusal_holds_no_value()
    {
        string canary = Canary.Text();
        SecretValues values = new() { ["user"] = canary };
        ArgumentException error = Assert.Throws<ArgumentException>(() => values.Add("user", canary));
        Assert.That(error.ToString(), Does.Not.Contain(canary));
    }

    [Test]
    public void Null_is_no_value_however_it_comes()
    {
        Assert.That(() => new SecretValues { ["a"] = null! }, Throws.ArgumentNullException);
        Assert.That(() => new SecretValues().Add("a", null!), Throws.ArgumentNullException);
        Assert.That(() => new SecretValues([new KeyValuePair<string, SecretValue>("a", null!)]), Throws.ArgumentNullException);
        Assert.That(() => new SecretValues(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void A_copy_is_a_copy()
    {
        SecretValues one = new() { ["a"] = "1" };
        SecretValues copy = new(one) { ["b"] = "2" };
        Assert.That(one.Keys, Is.EqualTo(new[] { "a" }));
        Assert.That(copy.Remove("a"), Is.True);
        Assert.That(one.ContainsKey("a"), Is.True);
    }
}
