using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class AwsNamesTests : NativeNamesSuite
{
    protected override string Prefix => "prod/app/";

    protected override int MaxLength => 512;

    [TestCase("db")]
    [TestCase("MyDb_Password.v1@eu+x=y")]
    [TestCase("prod/db/password")]
    [TestCase("/leading/slash")]
    [TestCase("team/db")]
    [TestCase("project/db")]
    [TestCase("../db")]
    [TestCase("a=b")]
    public void A_secret_that_exists_already_has_its_own_name(string native) => AssertIsItself(native);

    [Test]
    public void The_scope_comes_first()
    {
        Assert.That(ToNative("", SecretAddress.Public(SecretScope.Project("churn"), "db")), Is.EqualTo("project/churn/db"));
        Assert.That(ToNative("", SecretAddress.Private(SecretScope.Project("churn"), "ada", "db")), Is.EqualTo("project/churn/ada/db"));
        Assert.That(ToNative("", SecretAddress.Public(SecretScope.Cluster("gpu-1"), "db")), Is.EqualTo("cluster/gpu-1/db"));
        Assert.That(ToNative("", SecretAddress.Public(new SecretScope("step", "train"), "db")), Is.EqualTo("scope/step/train/db"));
        Assert.That(ToNative("", SecretAddress.Private(SecretScope.Team, "ada", "db")), Is.EqualTo("team/ada/db"));
        Assert.That(ToNative("", SecretAddress.Public(SecretScope.Project("churn"), "api/key")), Is.EqualTo("project/churn/api=2Fkey"));
    }

    [Test]
    public void A_team_name_that_looks_like_a_scope_is_told_apart_from_it()
    {
        Assert.That(ToNative("", SecretAddress.Public("project/churn/db")), Is.EqualTo("=70roject/churn/db"));
    }

    protected override string ToNative(string prefix, SecretAddress address) => AwsNames.Under(prefix).ToNative(address, "test");

    protected override SecretAddress? FromNative(string prefix, string native) => AwsNames.Under(prefix).TryFromNative(native, out SecretAddress address) ? address : null;

    protected override bool IsLegal(char c) => AwsNames.Rule.IsLiteral(c);
}
