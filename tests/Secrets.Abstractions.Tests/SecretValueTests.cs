using System.ComponentModel;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Secrets.Testing;

namespace Secrets.Tests;

[TestFixture]
public sealed class SecretValueTests
{
    [TestCase("")]
    [TestCase("a")]
    [TestCase(" \r\n\t\0")]
    [TestCase("\u0436\u6f22\U0001F511")]
    [TestCase("\uFEFFmark")]
    public void Text_comes_back_as_it_was(string text)
    {
        SecretValue value = SecretValue.FromString(text);
        Assert.That(value.RevealString(), Is.EqualTo(text));
        Assert.That(value.RevealBytes(), Is.EqualTo(Encoding.UTF8.GetBytes(text)));
        Assert.That((value.IsText, value.CharCount, value.ByteCount), Is.EqualTo((true, text.Length, Encoding.UTF8.GetByteCount(text))));
    }

    [Test]
    public void Bytes_come_back_as_they_were()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        SecretValue value = SecretValue.FromBytes(bytes);
        Assert.That(value.RevealBytes(), Is.EqualTo(bytes));
        Assert.That((value.IsText, value.ByteCount), Is.EqualTo((false, 256)));
    }

    [Test]
    public void Bytes_that_are_UTF8_are_text() => Assert.That(SecretValue.FromBytes("h\u00e9"u8).RevealString(), Is.EqualTo("h\u00e9"));

    [TestCase(new byte[] { 0xC0, 0x80 }, TestName = "Invalid_UTF8_is_no_text(overlong)")]
    [TestCase(new byte[] { 0xED, 0xA0, 0x80 }, TestName = "Invalid_UTF8_is_no_text(surrogate)")]
    [TestCase(new byte[] { 0xE2, 0x82 }, TestName = "Invalid_UTF8_is_no_text(truncated)")]
    public void Invalid_UTF8_is_no_text(byte[] bytes)
    {
        SecretValue value = SecretValue.FromBytes(bytes);
        Assert.That(value.IsText, Is.False);
        AssertNotText(() => value.RevealString());
        AssertNotText(() => _ = value.CharCount);
        AssertNotText(() => value.RevealTo(new char[8].AsSpan()));
    }

    // Not as attributes: those are stored as UTF-8, which has no lone surrogates.
    private static IEnumerable<TestCaseData> LoneSurrogates =>
    [
        new TestCaseData("\uD800").SetArgDisplayNames("high"),
        new TestCaseData("a\uDC00b").SetArgDisplayNames("low"),
        new TestCaseData("\uDE00\uD83D").SetArgDisplayNames("swapped"),
    ];

    [TestCaseSource(nameof(LoneSurrogates))]
    public void A_lone_surrogate_is_refused_and_not_replaced(string text)
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretValue.FromString(text));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "lone-surrogate")));
        Assert.That(error.Message, Does.Not.Contain(text));
    }

    [Test]
    public void The_bytes_are_a_copy_both_ways()
    {
        byte[] bytes = [1, 2, 3];
        SecretValue value = SecretValue.FromBytes(bytes);
        bytes[0] = 9;
        value.RevealBytes()[1] = 9;
        Assert.That(value.RevealBytes(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void RevealTo_fills_what_it_is_given_and_says_how_much()
    {
        SecretValue value = SecretValue.FromString("h\u00e9!");
        char[] chars = new char[5];
        byte[] bytes = new byte[6];
        Assert.That(value.RevealTo(chars.AsSpan()), Is.EqualTo(3));
        Assert.That(new string(chars, 0, 3), Is.EqualTo("h\u00e9!"));
        Assert.That(value.RevealTo(bytes.AsSpan()), Is.EqualTo(4));
        Assert.That(bytes[..4], Is.EqualTo(Encoding.UTF8.GetBytes("h\u00e9!")));
    }

    [Test]
    public void RevealTo_refuses_a_buffer_that_is_too_short()
    {
        SecretValue value = SecretValue.FromString(Canary.Text());
        Assert.That(() => value.RevealTo(new char[3].AsSpan()), Throws.InstanceOf<ArgumentException>());
        Assert.That(() => value.RevealTo(new byte[3].AsSpan()), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public void Equal_bytes_are_equal_values()
    {
        string text = Canary.Text();
        SecretValue one = SecretValue.FromString(text), same = SecretValue.FromBytes(Encoding.UTF8.GetBytes(text)), other = Canary.Value();
        Assert.That(one == same && one.Equals(same) && one.Equals((object)same) && !(one != same), Is.True);
        Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(one == other || one.Equals(other) || one == null || null == one, Is.False);
        Assert.That((SecretValue?)null == null, Is.True);
        Assert.That(SecretValue.FromString("") == SecretValue.Empty, Is.True);
    }

    [Test]
    public void Comparison_is_left_to_FixedTimeEquals()
    {
        MethodInfo equals = typeof(SecretValue).GetMethod(nameof(SecretValue.Equals), [typeof(SecretValue)])!;
        MethodInfo fixedTime = typeof(CryptographicOperations).GetMethod(nameof(CryptographicOperations.FixedTimeEquals))!;
        Assert.That(Calls(equals), Does.Contain(fixedTime));
        Assert.That(Calls(equals).Select(method => method.Name), Has.None.EqualTo("SequenceEqual"));
    }

    [Test]
    public void The_hash_code_is_no_fingerprint_that_another_process_could_compare()
    {
        string text = Canary.Text();
        Assert.That(SecretValue.FromString(text).GetHashCode(), Is.Not.EqualTo(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
        Assert.That(typeof(SecretValue).GetField("HashKey", BindingFlags.NonPublic | BindingFlags.Static)?.GetValue(null), Is.Not.Null.And.Not.EqualTo(new byte[16]));
    }

    [Test]
    public void Text_converts_in_by_itself_and_from_JSON_and_configuration()
    {
        SecretValue value = "a";
        Assert.That(value.RevealString(), Is.EqualTo("a"));
        Assert.That(JsonSerializer.Deserialize<SecretValue>("\"b\"")!.RevealString(), Is.EqualTo("b"));
        Assert.That(JsonSerializer.Deserialize<SecretValue>("null"), Is.Null);
        Assert.That(((SecretValue)TypeDescriptor.GetConverter(typeof(SecretValue)).ConvertFromInvariantString("c")!).RevealString(), Is.EqualTo("c"));
    }

    private static void AssertNotText(Action act)
    {
        SecretException error = Assert.Throws<SecretException>(act);
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "not-text")));
    }

    // The methods that a method's IL calls: enough to see that nobody "optimised" the comparison.
    private static List<MethodBase> Calls(MethodInfo method)
    {
        byte[] il = method.GetMethodBody()!.GetILAsByteArray()!;
        List<MethodBase> calls = [];
        for (int i = 0; i + 4 < il.Length; i++)
        {
            if (il[i] is not (0x28 or 0x6F)) continue;
            try
            {
                if (method.Module.ResolveMethod(BitConverter.ToInt32(il, i + 1)) is { } call) calls.Add(call);
            }
            catch (ArgumentException)
            {
                // The byte was an operand, not a call.
            }
        }

        return calls;
    }
}
