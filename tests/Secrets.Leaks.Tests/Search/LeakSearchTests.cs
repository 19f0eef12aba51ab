using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Web;
using System.Xml;
using Secrets.Testing;

namespace Secrets.Leaks.Search;

/// <summary>The searcher finds a planted value in every form; what it cannot find, the suite could not report.</summary>
[TestFixture]
public sealed class LeakSearchTests
{
    private static readonly TestCaseData[] Writers =
    [
        Written("as it is", text => text),
        Written("inside a longer text", text => $"before {text} after"),
        Written("its first half", text => text[..(text.Length / 2)]),
        Written("its last half", text => text[(text.Length / 2)..]),
        Written("a part of twenty", text => text[10..30]),
        Written("base64", text => Convert.ToBase64String(Utf8(text))),
        Written("base64 after one byte", text => Convert.ToBase64String(Utf8("u" + text + "x"))),
        Written("base64 after two bytes", text => Convert.ToBase64String(Utf8("u:" + text + "yz"))),
        Written("base64 of user and password", text => Convert.ToBase64String(Utf8($"ada:{text}"))),
        Written("base64url", text => System.Buffers.Text.Base64Url.EncodeToString(Utf8("?>" + text))),
        Written("hex, lower case", text => Convert.ToHexStringLower(Utf8(text))),
        Written("hex, upper case", text => Convert.ToHexString(Utf8(text))),
        Written("hex with hyphens", text => BitConverter.ToString(Utf8(text))),
        Written("Uri.EscapeDataString", Uri.EscapeDataString),
        Written("WebUtility.UrlEncode", text => WebUtility.UrlEncode(text)),
        Written("HttpUtility.UrlEncode", text => HttpUtility.UrlEncode(text)),
        Written("JSON", text => JsonSerializer.Serialize(new { text })),
        Written("JSON, relaxed", text => JsonSerializer.Serialize(text, new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })),
        Written("JSON in JSON", text => JsonSerializer.Serialize(JsonSerializer.Serialize(text))),
        Written("an XML attribute", text => Xml(writer => writer.WriteAttributeString("a", text))),
        Written("XML text", text => Xml(writer => writer.WriteString(text))),
        Written("HTML", text => WebUtility.HtmlEncode(text)),
        Written("shell, single quotes", text => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'"),
        Written("C# literal", text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\""),
    ];

    [TestCaseSource(nameof(Writers))]
    public void A_planted_value_is_found(Func<string, string> write)
    {
        string canary = Canary.Awkward();
        LeakSearch search = new();
        search.Add("canary", canary);
        Assert.That(search.In("here", write(canary)), Has.Exactly(1).StartsWith("canary is in here"));
    }

    [Test]
    public void A_planted_value_is_found_in_UTF16_of_both_orders()
    {
        string canary = Canary.Awkward();
        LeakSearch search = new();
        search.Add("canary", canary);
        Assert.That(search.In("here", Encoding.Unicode.GetBytes("x" + canary)), Is.Not.Empty);
        Assert.That(search.In("here", Encoding.BigEndianUnicode.GetBytes("x" + canary)), Is.Not.Empty);
        Assert.That(search.In("here", Encoding.Unicode.GetBytes(JsonSerializer.Serialize(canary))), Is.Not.Empty);
    }

    [Test]
    public void Planted_bytes_are_found()
    {
        byte[] bytes = Canary.Bytes();
        LeakSearch search = new();
        search.Add("bytes", bytes);
        Assert.That(search.In("here", [1, .. bytes, 2]), Is.Not.Empty);
        Assert.That(search.In("here", Convert.ToBase64String([7, .. bytes])), Is.Not.Empty);
        Assert.That(search.In("here", Convert.ToHexStringLower(bytes)), Is.Not.Empty);
    }

    [Test]
    public void What_was_not_planted_is_not_found_and_a_finding_repeats_no_value()
    {
        string canary = Canary.Awkward();
        LeakSearch search = new();
        search.Add("canary", canary);
        Assert.That(search.In("here", Canary.Awkward() + Convert.ToBase64String(Utf8(Canary.Awkward()))), Is.Empty);
        Assert.That(string.Concat(search.In("here", canary)), Does.Not.Contain(canary[..16]));
    }

    private static TestCaseData Written(string name, Func<string, string> write) => new TestCaseData(write).SetArgDisplayNames(name);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Xml(Action<XmlWriter> write)
    {
        StringBuilder text = new();
        using (XmlWriter writer = XmlWriter.Create(new StringWriter(text, CultureInfo.InvariantCulture), new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("e");
            write(writer);
            writer.WriteEndElement();
        }

        return text.ToString();
    }
}
