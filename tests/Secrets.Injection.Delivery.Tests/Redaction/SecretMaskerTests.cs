using System.Text;
using Secrets.Testing;

namespace Secrets.Injection.Delivery.Tests.Redaction;

[TestFixture]
public sealed class SecretMaskerTests
{
    private static IEnumerable<TestCaseData> Encoders()
    {
        yield return Case("raw", static v => v);
        yield return Case("base64", static v => Convert.ToBase64String(Encoding.UTF8.GetBytes(v)));
        yield return Case("base64url", static v => Convert.ToBase64String(Encoding.UTF8.GetBytes(v)).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        yield return Case("hex", static v => Convert.ToHexString(Encoding.UTF8.GetBytes(v)));
        yield return Case("lower hex", static v => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(v)));
        yield return Case("url", Uri.EscapeDataString);
        yield return Case("form", static v => System.Net.WebUtility.UrlEncode(v));
        yield return Case("json", static v => System.Text.Json.JsonSerializer.Serialize(v).Trim('"'));
        yield return Case("relaxed json", static v => System.Text.Json.JsonSerializer.Serialize(v, Relaxed).Trim('"'));
        yield return Case("xml", static v => System.Security.SecurityElement.Escape(v));
        yield return Case("html", static v => System.Net.WebUtility.HtmlEncode(v));
        yield return Case("single quotes", static v => v.Replace("'", "'\\''"));
        yield return Case("crlf", static v => v.Replace("\n", "\r\n"));

        static TestCaseData Case(string name, Func<string, string> encode) => new TestCaseData(encode).SetArgDisplayNames(name);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [TestCaseSource(nameof(Encoders))]
    public void An_awkward_value_is_masked_in_each_encoding(Func<string, string> encode)
    {
        string canary = Canary.Awkward();
        SecretMasker masker = Masker(canary);
        string encoded = encode(canary);

        string masked = masker.Mask($"before {encoded} after");

        Assert.That(masked, Is.EqualTo("before *** after"));
    }

    [Test]
    public void A_value_inside_longer_base64_is_masked_at_each_alignment([Values(0, 1, 2, 3)] int before, [Values(0, 1, 2)] int after)
    {
        string canary = Canary.Text();
        SecretMasker masker = Masker(canary);
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + canary + new string('y', after)));

        string masked = masker.Mask(encoded);

        // At each edge at most one character is left that mixes bits of the value with a neighbour's.
        string left = masked.Replace("***", "");
        Assert.That(masked, Does.Contain("***"));
        Assert.That(left, Has.Length.LessThanOrEqualTo(((before + after + 2) * 4 / 3) + 4));
    }

    [Test]
    public void Each_line_of_a_value_with_lines_is_masked_on_its_own()
    {
        string first = Canary.Text();
        string second = Canary.Text();
        SecretMasker masker = Masker($"-----BEGIN PRIVATE KEY-----\n{first}\n{second}\n-----END PRIVATE KEY-----\n");

        Assert.That(masker.Mask($"app | -----BEGIN PRIVATE KEY-----\r\napp | {first}\r\napp | {second}\r\n"),
            Is.EqualTo("app | -----BEGIN PRIVATE KEY-----\r\napp | ***\r\napp | ***\r\n"));
    }

    [Test]
    public void Overlapping_values_become_one_mask() =>
        Assert.That(Masker("secret-one", "one-two-three").Mask("a secret-one-two-three b"), Is.EqualTo("a *** b"));

    [Test]
    public void A_longer_value_that_begins_with_a_shorter_one_is_masked_whole() =>
        Assert.That(Masker("password", "password-and-more").Mask("password password-and-more password-and-mor"), Is.EqualTo("*** *** ***-and-mor"));

    [Test]
    public void A_value_under_four_characters_is_not_masked_and_is_named()
    {
        List<string> warned = [];
        SecretMasker masker = new(new SecretMaskerOptions { OnTooShort = warned.Add });

        bool added = masker.Add("db.pin", "123");
        masker.Add("db.pin", "12");

        Assert.That(added, Is.False);
        Assert.That(masker.Mask("pin 123"), Is.EqualTo("pin 123"));
        Assert.That(masker.TooShort, Is.EqualTo(new[] { "db.pin" }));
        Assert.That(warned, Is.EqualTo(new[] { "db.pin" }), "once per name");
    }

    [Test]
    public void Text_with_nothing_to_mask_is_the_same_instance()
    {
        string text = "nothing \ud800 here \u20ac";
        Assert.That(Masker(Canary.Text()).Mask(text), Is.SameAs(text));
    }

    [Test]
    public void Lone_surrogates_and_invalid_utf8_pass_unchanged()
    {
        SecretMasker masker = Masker("secret-value");
        MemoryStream output = new();
        using (MaskingStream stream = masker.Wrap(output, leaveOpen: true))
            stream.Write([0xFF, 0xC3, .. "secret-value"u8, 0x80, 0xED, 0xA0, 0x80]);

        Assert.That(masker.Mask("\udc00 secret-value \ud800"), Is.EqualTo("\udc00 *** \ud800"));
        Assert.That(output.ToArray(), Is.EqualTo((byte[])[0xFF, 0xC3, .. "***"u8, 0x80, 0xED, 0xA0, 0x80]));
    }

    [Test]
    public void A_value_added_while_a_stream_is_open_is_masked_even_where_its_beginning_was_held()
    {
        SecretMasker masker = Masker("secret-one");
        StringWriter output = new();
        using MaskingTextWriter writer = masker.Wrap(output);
        writer.Write("a secret-");
        masker.Add("two", "secret-two");
        writer.Write("two b secret-one c");
        writer.Complete();

        Assert.That(output.ToString(), Is.EqualTo("a *** b *** c"));
    }

    [Test]
    public void A_removed_value_is_not_masked_any_more_and_an_earlier_one_of_the_same_name_stays()
    {
        SecretMasker masker = new();
        masker.Add("db.password", "old-password");
        masker.Add("db.password", "new-password");
        Assert.That(masker.Mask("old-password new-password"), Is.EqualTo("*** ***"));

        Assert.That(masker.Remove("db.password"), Is.True);
        Assert.That(masker.Mask("old-password new-password"), Is.EqualTo("old-password new-password"));
    }

    [Test]
    public void Flushing_shows_a_prompt_but_never_the_beginning_of_a_value()
    {
        SecretMasker masker = Masker("hunter2-hunter2");
        MemoryStream output = new();
        using MaskingStream stream = masker.Wrap(output, leaveOpen: true);

        stream.Write("Password: "u8);
        stream.Flush();
        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo("Password: "));
        stream.Write("hunter2-h"u8);
        stream.Flush();
        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo("Password: "));
        stream.Write("arry"u8);
        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo("Password: hunter2-harry"));
    }

    [Test]
    public void A_pair_of_surrogates_split_over_two_writes_is_one_character()
    {
        SecretMasker masker = Masker("key-\U0001F511-key");
        StringWriter output = new();
        using MaskingTextWriter writer = masker.Wrap(output);
        foreach (char c in "a key-\U0001F511-key b \U0001F511") writer.Write(c);
        writer.Complete();

        Assert.That(output.ToString(), Is.EqualTo("a *** b \U0001F511"));
    }

    [Test]
    public void A_line_based_redactor_would_miss_a_value_that_spans_lines() // teller
    {
        SecretMasker masker = new(new SecretMaskerOptions { Encodings = SecretEncodings.None });
        masker.Add("v", "spans\nlines");
        Assert.That(masker.Mask("x spans\nlines y"), Is.EqualTo("x *** y"));
    }

    [Test]
    public void Hostile_near_misses_take_linear_time()
    {
        SecretMasker masker = Masker(new string('a', 4000) + "b");
        MemoryStream output = new();
        using (MaskingStream stream = masker.Wrap(output, leaveOpen: true))
            stream.Write(Encoding.ASCII.GetBytes(new string('a', 2_000_000)));

        // Quadratic work would be 8 billion steps here and run into the suite's timeout.
        Assert.That(output.Length, Is.EqualTo(2_000_000));
    }

    [Test]
    public void Printing_a_masker_shows_no_value()
    {
        string canary = Canary.Text();
        Assert.That(Masker(canary).ToString(), Does.Not.Contain(canary));
    }

    private static SecretMasker Masker(params string[] values)
    {
        SecretMasker masker = new();
        for (int i = 0; i < values.Length; i++) masker.Add($"v{i}", values[i]);
        return masker;
    }
}
