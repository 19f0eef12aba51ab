using FsCheck;
using FsCheck.Fluent;
using Secrets.Tests;

namespace Secrets.Providers.AwsSecretsManager.Tests;

public sealed class AwsNamesTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    [TestCase("")]
    [TestCase("prod/app/")]
    public void Every_address_comes_back_from_its_native_name(string prefix)
    {
        NativeNames names = AwsNames.Under(prefix);
        Prop.ForAll(AnyAddress.Arbitrary, address =>
        {
            string native = names.ToNative(address, "test");
            return names.TryFromNative(native, out SecretAddress back) && back == address;
        }).Check(Many);
    }

    [Test]
    public void Two_addresses_never_share_a_native_name()
    {
        NativeNames names = AwsNames.Under("");
        Dictionary<string, SecretAddress> seen = new(StringComparer.Ordinal);
        Prop.ForAll(AnyAddress.Arbitrary, address =>
        {
            string native = names.ToNative(address, "test");
            return seen.TryAdd(native, address) || seen[native] == address;
        }).Check(Many);
        Assert.That(seen, Has.Count.GreaterThan(5_000));
    }

    [Test]
    public void A_native_name_is_legal_and_stays_under_its_prefix()
    {
        NativeNames names = AwsNames.Under("prod/");
        Prop.ForAll(AnyAddress.Arbitrary, address =>
        {
            string native = names.ToNative(address, "test");
            return native.StartsWith("prod/", StringComparison.Ordinal) && native.All(AwsNames.Rule.IsLiteral);
        }).Check(Many);
    }

    [TestCase("db")]
    [TestCase("MyDb_Password.v1@eu+x=y")]
    [TestCase("prod/db/password")]
    [TestCase("/leading/slash")]
    [TestCase("team/db")]
    [TestCase("project/db")]
    [TestCase("../db")]
    [TestCase("a=b")]
    public void A_secret_that_exists_already_has_its_own_name(string native)
    {
        NativeNames names = AwsNames.Under("");
        Assert.That(names.ToNative(SecretAddress.Public(native), "test"), Is.EqualTo(native));
        Assert.That(names.TryFromNative(native, out SecretAddress address), Is.True);
        Assert.That(address, Is.EqualTo(SecretAddress.Public(native)));
    }

    [Test]
    public void The_scope_comes_first()
    {
        NativeNames names = AwsNames.Under("");
        Assert.That(names.ToNative(SecretAddress.Public(SecretScope.Project("churn"), "db"), "test"), Is.EqualTo("project/churn/db"));
        Assert.That(names.ToNative(SecretAddress.Private(SecretScope.Project("churn"), "ada", "db"), "test"), Is.EqualTo("project/churn/ada/db"));
        Assert.That(names.ToNative(SecretAddress.Public(SecretScope.Cluster("gpu-1"), "db"), "test"), Is.EqualTo("cluster/gpu-1/db"));
        Assert.That(names.ToNative(SecretAddress.Public(new SecretScope("step", "train"), "db"), "test"), Is.EqualTo("scope/step/train/db"));
        Assert.That(names.ToNative(SecretAddress.Private(SecretScope.Team, "ada", "db"), "test"), Is.EqualTo("team/ada/db"));
        Assert.That(names.ToNative(SecretAddress.Public(SecretScope.Project("churn"), "api/key"), "test"), Is.EqualTo("project/churn/api=2Fkey"));
    }

    [Test]
    public void A_team_name_that_looks_like_a_scope_is_told_apart_from_it()
    {
        NativeNames names = AwsNames.Under("");
        Assert.That(names.ToNative(SecretAddress.Public("project/churn/db"), "test"), Is.EqualTo("=70roject/churn/db"));
    }

    [Test]
    public void A_name_that_is_too_long_is_refused_with_the_lengths()
    {
        NativeNames names = AwsNames.Under("p/");
        Assert.That(names.ToNative(SecretAddress.Public(new string('n', 510)), "test"), Has.Length.EqualTo(512));
        SecretException error = Assert.Throws<SecretException>(() => names.ToNative(SecretAddress.Public(new string('n', 511)), "test"))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "name-length")));
        Assert.That(error.Message, Does.Contain("513").And.Contain("512"));
    }

    [Test]
    public void A_prefix_that_the_service_cannot_hold_is_refused() =>
        Assert.That(Assert.Throws<SecretException>(() => AwsNames.Under("a b"))!.Reason, Is.EqualTo("prefix"));
}
