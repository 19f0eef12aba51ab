using FsCheck;
using FsCheck.Fluent;

namespace Secrets.Tests;

/// <summary>What every mapping of addresses to a cloud's names holds to, over addresses made to collide.</summary>
public abstract class NativeNamesSuite
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    /// <summary>A legal prefix.</summary>
    protected abstract string Prefix { get; }

    protected abstract int MaxLength { get; }

    /// <summary>How the service compares names.</summary>
    protected virtual StringComparer Comparer => StringComparer.Ordinal;

    [TestCase(false)]
    [TestCase(true)]
    public void Every_address_comes_back_from_its_native_name(bool hasPrefix)
    {
        string prefix = hasPrefix ? Prefix : "";
        Prop.ForAll(AnyAddress.Arbitrary, address => Native(prefix, address) is not { } native || FromNative(prefix, native) == address).Check(Many);
    }

    [Test]
    public void Two_addresses_never_share_a_native_name()
    {
        Dictionary<string, SecretAddress> seen = new(Comparer);
        Prop.ForAll(AnyAddress.Arbitrary, address => Native("", address) is not { } native || seen.TryAdd(native, address) || seen[native] == address).Check(Many);
        Assert.That(seen, Has.Count.GreaterThan(5_000));
    }

    [Test]
    public void A_native_name_is_legal_and_stays_under_its_prefix() => Prop.ForAll(
        AnyAddress.Arbitrary,
        address => Native(Prefix, address) is not { } native
            || (native.StartsWith(Prefix, StringComparison.Ordinal) && native.Length <= MaxLength && native.All(IsLegal))).Check(Many);

    [Test]
    public void A_name_that_is_too_long_is_refused_with_the_lengths()
    {
        string longest = new('n', MaxLength - Prefix.Length);
        Assert.That(ToNative(Prefix, SecretAddress.Public(longest)), Has.Length.EqualTo(MaxLength));
        SecretException error = Assert.Throws<SecretException>(() => ToNative(Prefix, SecretAddress.Public(longest + "n")))!;
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "name-length")));
        Assert.That(error.Message, Does.Contain($"{MaxLength + 1}").And.Contain($"{MaxLength}"));
    }

    [Test]
    public void A_prefix_that_the_service_cannot_hold_is_refused() =>
        Assert.That(Assert.Throws<SecretException>(() => ToNative("A b", SecretAddress.Public("db")))!.Reason, Is.EqualTo("prefix"));

    protected abstract string ToNative(string prefix, SecretAddress address);

    protected abstract SecretAddress? FromNative(string prefix, string native);

    protected abstract bool IsLegal(char c);

    /// <summary>A name that somebody has already is its own native name, both ways.</summary>
    protected void AssertIsItself(string native)
    {
        Assert.That(ToNative("", SecretAddress.Public(native)), Is.EqualTo(native));
        Assert.That(FromNative("", native), Is.EqualTo(SecretAddress.Public(native)));
    }

    // Some of what the generator makes of other scripts is longer than a service holds; it is refused, which is shown above.
    private string? Native(string prefix, SecretAddress address)
    {
        try
        {
            return ToNative(prefix, address);
        }
        catch (SecretException refused) when (refused.Reason == "name-length")
        {
            return null;
        }
    }
}
