using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

public sealed class GoogleNamesTests : NativeNamesSuite
{
    protected override string Prefix => "prod-";

    protected override int MaxLength => 255;

    [TestCase("db")]
    [TestCase("my-db-password-01")]
    [TestCase("logging--level--default")]
    [TestCase("-db-")]
    [TestCase("MyDb_Password")]
    [TestCase("team--db")]
    [TestCase("a--xyz")]
    public void A_secret_that_exists_already_has_its_own_name(string native) => AssertIsItself(native);

    [Test]
    public void The_scope_comes_first()
    {
        Assert.That(ToNative("", SecretAddress.Public(SecretScope.Project("churn"), "db")), Is.EqualTo("project--churn--db"));
        Assert.That(ToNative("", SecretAddress.Private(SecretScope.Cluster("gpu-1"), "ada", "db")), Is.EqualTo("cluster--gpu-1--ada--db"));
        Assert.That(ToNative("", SecretAddress.Public("openai.Key")), Is.EqualTo("openai--x2eKey"));
        Assert.That(ToNative("", SecretAddress.Public("project--churn--db")), Is.EqualTo("--x70roject--churn--db"));
    }

    protected override string ToNative(string prefix, SecretAddress address) => GoogleNames.Under(prefix).ToNative(address, "test");

    protected override SecretAddress? FromNative(string prefix, string native) => GoogleNames.Under(prefix).TryFromNative(native, out SecretAddress address) ? address : null;

    protected override bool IsLegal(char c) => GoogleNames.Rule.IsLiteral(c);
}
