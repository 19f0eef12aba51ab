using FsCheck;
using FsCheck.Fluent;
using Secrets.Tests;

namespace Secrets.Providers.GoogleSecretManager.Tests;

public sealed class GoogleNamesTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    [TestCase("")]
    [TestCase("prod-")]
    public void Every_address_comes_back_from_its_native_name(string prefix)
    {
        NativeNames names = GoogleNames.Under(prefix);
        Prop.ForAll(AnyAddress.Arbitrary, address =>
            ToNative(names, address) is not { } native || (names.TryFromNative(native, out SecretAddress back) && back == address)).Check(Many);
    }

    [Test]
    public void Two_addresses_never_share_a_native_name()
    {
        NativeNames names = GoogleNames.Under("");
        Dictionary<string, SecretAddress> seen = new(StringComparer.Ordinal);
        Prop.ForAll(AnyAddress.Arbitrary, address => ToNative(names, address) is not { } native || seen.TryAdd(native, address) || seen[native] == address).Check(Many);
        Assert.That(seen, Has.Count.GreaterThan(5_000));
    }

    [Test]
    public void A_native_name_is_legal_and_stays_under_its_prefix()
    {
        NativeNames names = GoogleNames.Under("prod-");
        Prop.ForAll(AnyAddress.Arbitrary, address => ToNative(names, address) is not { } native
            || (native.StartsWith("prod-", StringComparison.Ordinal) && native.Length <= 255 && native.All(GoogleNames.Rule.IsLiteral))).Check(Many);
    }

    [TestCase("db")]
    [TestCase("my-db-password-01")]
    [TestCase("logging--level--default")]
    [TestCase("-db-")]
    [TestCase("MyDb_Password")]
    [TestCase("team--db")]
    [TestCase("a--xyz")]
    public void A_secret_that_exists_already_has_its_own_name(string native)
    {
        NativeNames names = GoogleNames.Under("");
        Assert.That(names.ToNative(SecretAddress.Public(native), "test"), Is.EqualTo(native));
        Assert.That(names.TryFromNative(native, out SecretAddress address), Is.True);
        Assert.That(address, Is.EqualTo(SecretAddress.Public(native)));
    }

    [Test]
    public void The_scope_comes_first()
    {
        NativeNames names = GoogleNames.Under("");
        Assert.That(names.ToNative(SecretAddress.Public(SecretScope.Project("churn"), "db"), "test"), Is.EqualTo("project--churn--db"));
        Assert.That(names.ToNative(SecretAddress.Private(SecretScope.Cluster("gpu-1"), "ada", "db"), "test"), Is.EqualTo("cluster--gpu-1--ada--db"));
        Assert.That(names.ToNative(SecretAddress.Public("openai.Key"), "test"), Is.EqualTo("openai--x2eKey"));
        Assert.That(names.ToNative(SecretAddress.Public("project--churn--db"), "test"), Is.EqualTo("--x70roject--churn--db"));
    }

    [Test]
    public void A_prefix_that_the_service_cannot_hold_is_refused() =>
        Assert.That(Assert.Throws<SecretException>(() => GoogleNames.Under("a b"))!.Reason, Is.EqualTo("prefix"));

    // 255 characters end sooner than what the generator makes of other scripts; those are refused, which the conformance suite shows.
    private static string? ToNative(NativeNames names, SecretAddress address)
    {
        try
        {
            return names.ToNative(address, "test");
        }
        catch (SecretException refused) when (refused.Reason == "name-length")
        {
            return null;
        }
    }
}
