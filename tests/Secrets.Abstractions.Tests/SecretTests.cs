using Secrets.Testing;

namespace Secrets.Tests;

[TestFixture]
public sealed class SecretTests
{
    private static readonly SecretProperties Properties = new(SecretAddress.Public("db"), new SecretVersion("7"));

    [Test]
    public void A_secret_is_not_changed_through_the_pairs_it_was_made_of()
    {
        SecretValues values = new() { ["a"] = "1" };
        Secret secret = new(Properties, values);
        values["a"] = "2";
        Assert.That(secret["a"].RevealString(), Is.EqualTo("1"));
    }

    [Test]
    public void A_secret_is_not_changed_through_the_pairs_it_shows()
    {
        Secret secret = new(Properties, new SecretValues { ["a"] = "1" });
        Assert.That(secret.Values, Is.Not.InstanceOf<SecretValues>().And.Not.InstanceOf<IDictionary<string, SecretValue>>());
    }

    [Test]
    public void Keys_come_in_the_order_written() =>
        Assert.That(new Secret(Properties, new SecretValues { ["z"] = "1", ["a"] = "2" }).Keys, Is.EqualTo(new[] { "z", "a" }));

    [Test]
    public void A_missing_key_names_secret_and_keys_and_no_value()
    {
        string canary = Canary.Text();
        Secret secret = new(Properties, new SecretValues { ["user"] = canary });
        SecretException error = Assert.Throws<SecretException>(() => _ = secret["password"]);
        Assert.That((error.Code, error.Address), Is.EqualTo((SecretErrorCode.KeyNotFound, (SecretAddress?)Properties.Address)));
        Assert.That(error.Message, Does.Contain("'db'").And.Contain("'password'").And.Contain("user").And.Not.Contain(canary));
        Assert.That(secret.TryGetValue("password", out _), Is.False);
    }

    [Test]
    public void The_single_value_is_the_only_one_or_the_one_called_value()
    {
        Assert.That(new Secret(Properties, new SecretValues { ["HF_TOKEN"] = "1" }).SingleValue().RevealString(), Is.EqualTo("1"));
        Assert.That(new Secret(Properties, new SecretValues { ["other"] = "1", ["value"] = "2" }).SingleValue().RevealString(), Is.EqualTo("2"));
    }

    [TestCase("a", "b")]
    [TestCase]
    public void Without_a_single_value_the_error_says_how_to_name_a_key(params string[] keys)
    {
        Secret secret = new(Properties, new SecretValues(keys.Select(key => KeyValuePair.Create(key, SecretValue.Empty))));
        SecretException error = Assert.Throws<SecretException>(() => secret.SingleValue());
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.KeyNotFound, "no-single-value")));
        Assert.That(error.Message, Does.Contain("{{db.key}}"));
        Assert.That(secret.TryGetSingleValue(out _), Is.False);
    }
}
