using Secrets.Tests;

namespace Secrets.Providers.AzureKeyVault.Tests;

public sealed class AzureNamesTests : NativeNamesSuite
{
    protected override string Prefix => "prod-";

    protected override int MaxLength => 127;

    protected override StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    [TestCase("db")]
    [TestCase("my-db-password-01")]
    [TestCase("logging--level--default")]
    [TestCase("-db-")]
    [TestCase("team--db")]
    [TestCase("a--xyz")]
    public void A_secret_that_exists_already_has_its_own_name(string native) => AssertIsItself(native);

    [Test]
    public void The_scope_comes_first_and_capitals_are_escaped()
    {
        Assert.That(ToNative("", SecretAddress.Public(SecretScope.Project("churn"), "db")), Is.EqualTo("project--churn--db"));
        Assert.That(ToNative("", SecretAddress.Private(SecretScope.Cluster("gpu-1"), "ada", "db")), Is.EqualTo("cluster--gpu-1--ada--db"));
        Assert.That(ToNative("", SecretAddress.Public("openai_Key")), Is.EqualTo("openai--x5f--x4bey"));
        Assert.That(ToNative("", SecretAddress.Public("project--churn--db")), Is.EqualTo("--x70roject--churn--db"));
    }

    protected override string ToNative(string prefix, SecretAddress address) => new AzureNames(prefix).ToNative(address, "test");

    protected override SecretAddress? FromNative(string prefix, string native) => new AzureNames(prefix).TryFromNative(native, out SecretAddress address) ? address : null;

    protected override bool IsLegal(char c) => AzureNames.Rule.IsLiteral(c);
}
