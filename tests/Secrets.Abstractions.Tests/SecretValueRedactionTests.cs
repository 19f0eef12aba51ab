using System.Collections.Specialized;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Secrets.Testing;

namespace Secrets.Tests;

/// <summary>Every way in which .NET prints an object shows stars for a value.</summary>
[TestFixture]
public sealed class SecretValueRedactionTests
{
    private readonly string _plain = Canary.Text();

    private static readonly TestCaseData[] Printers =
    [
        Printer("ToString", value => value.ToString()),
        Printer("interpolation", value => $"{value}"),
        Printer("interpolation with alignment and format", value => $"{value,40:X}"),
        Printer("string.Format", value => string.Format(CultureInfo.InvariantCulture, "{0} {0:x}", value)),
        Printer("string.Concat", value => "a" + value),
        Printer("string.Join", value => string.Join(',', (object[])[value, value])),
        Printer("StringBuilder", value => new StringBuilder().Append(value).AppendFormat(CultureInfo.InvariantCulture, "{0}", value).ToString()),
        Printer("Convert.ToString", value => Convert.ToString(value, CultureInfo.InvariantCulture)!),
        Printer("JSON", value => JsonSerializer.Serialize(value)),
        Printer("JSON as object", value => JsonSerializer.Serialize<object>(value)),
        Printer("JSON inside a type", value => JsonSerializer.Serialize(new Holder(value, "x"))),
        Printer("JSON inside collections", value => JsonSerializer.Serialize(new Dictionary<string, SecretValue[]> { ["k"] = [value] })),
        Printer("JSON as a key", value => JsonSerializer.Serialize(new Dictionary<SecretValue, int> { [value] = 1 })),
        Printer("a record", value => new Holder(value, "x").ToString()),
        Printer("an anonymous type", value => new { value }.ToString()!),
        Printer("a tuple", value => (value, 1).ToString()),
        Printer("a nullable wrapper", value => new KeyValuePair<string, SecretValue>("k", value).ToString()),
        Printer("TypeConverter", value => TypeDescriptor.GetConverter(value).ConvertToString(value)!),
        Printer("TypeConverter, invariant", value => TypeDescriptor.GetConverter(typeof(SecretValue)).ConvertToInvariantString(value)!),
        Printer("SecretValues", value => new SecretValues { ["k"] = value }.ToString()),
        Printer("JSON of SecretValues", value => JsonSerializer.Serialize(new SecretValues { ["k"] = value })),
        Printer("Secret", value => SecretWith(value).ToString()),
        Printer("JSON of Secret", value => JsonSerializer.Serialize(SecretWith(value))),
        Printer("SecretReadResult", value => SecretReadResult.Found(SecretWith(value)).ToString()),
        Printer("JSON of SecretReadResult", value => JsonSerializer.Serialize(SecretReadResult.Found(SecretWith(value)))),
        Printer("SecretLookupResult", value => new SecretLookupResult(SecretReadStatus.Found, SecretWith(value), null).ToString()),
        Printer("SecretChange", value => new SecretChange(new SecretLookup("db"), SecretWith(value), SecretWith(value)).ToString()),
        Printer("SecretWrite", value => WriteOf(value).ToString()),
        Printer("JSON of SecretWrite", value => JsonSerializer.Serialize(WriteOf(value))),
        Printer("every public property", value => string.Join('\n', Walk(SecretWith(value), 4))),
        Printer("an exception's data", value =>
        {
            InvalidOperationException error = new("x");
            error.Data["value"] = value;
            return error.Data["value"] + error.ToString();
        }),
        Printer("Trace", value =>
        {
            using StringWriter text = new(CultureInfo.InvariantCulture);
            using TextWriterTraceListener listener = new(text);
            listener.WriteLine(value);
            listener.Write(value, "category");
            listener.Flush();
            return text.ToString();
        }),
        Printer("a NameValueCollection", value => new NameValueCollection { ["k"] = value.ToString() }["k"]!),
    ];

    [TestCaseSource(nameof(Printers))]
    public void No_printed_form_holds_the_value(Func<SecretValue, string> print)
    {
        string shown = print(SecretValue.FromString(_plain));
        Assert.That(shown, Does.Not.Contain(_plain));
        Assert.That(shown, Does.Not.Contain(Convert.ToBase64String(Encoding.UTF8.GetBytes(_plain))));
        Assert.That(shown, Is.Not.Empty);
    }

    [Test]
    public void The_debugger_shows_stars()
    {
        Assert.That(typeof(SecretValue).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value, Is.EqualTo("***"));
        Type proxy = Type.GetType(typeof(SecretValue).GetCustomAttribute<DebuggerTypeProxyAttribute>()!.ProxyTypeName)!;
        object view = Activator.CreateInstance(proxy, SecretValue.FromString(_plain))!;
        IEnumerable<object?> shown = proxy.GetProperties().Select(property => property.GetValue(view));
        Assert.That(shown, Is.EqualTo(new object[] { new[] { "***" } }));
    }

    [Test]
    public void The_debugger_never_browses_a_field_that_holds_plaintext()
    {
        IEnumerable<FieldInfo> fields = typeof(SecretValue).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);
        Assert.That(fields.Select(field => field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State), Is.All.EqualTo(DebuggerBrowsableState.Never));
    }

    [Test]
    public void Plaintext_comes_only_from_members_that_begin_with_Reveal()
    {
        Type[] plain = [typeof(string), typeof(byte[]), typeof(char[]), typeof(Span<byte>), typeof(Span<char>), typeof(ReadOnlyMemory<byte>), typeof(ReadOnlySpan<byte>)];
        IEnumerable<string> ways = typeof(SecretValue).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            .Where(method => plain.Contains(method.ReturnType) || method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Span<byte>) || parameter.ParameterType == typeof(Span<char>)))
            .Select(method => method.Name)
            .Distinct();
        Assert.That(ways, Is.EquivalentTo(new[] { "RevealString", "RevealBytes", "RevealTo", "ToString" }));
    }

    [Test]
    public void There_is_no_conversion_out()
    {
        IEnumerable<MethodInfo> conversions = typeof(SecretValue).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name is "op_Implicit" or "op_Explicit");
        Assert.That(conversions.Select(method => method.ReturnType), Is.All.EqualTo(typeof(SecretValue)));
        Assert.That(TypeDescriptor.GetConverter(typeof(SecretValue)).CanConvertTo(typeof(byte[])), Is.False);
    }

    [Test]
    public void A_value_that_was_serialised_by_accident_is_lost_and_not_leaked()
    {
        SecretValue back = JsonSerializer.Deserialize<SecretValue>(JsonSerializer.Serialize(SecretValue.FromString(_plain)))!;
        Assert.That(back.RevealString(), Is.EqualTo("***"));
    }

    private static TestCaseData Printer(string name, Func<SecretValue, string> print) => new TestCaseData(print).SetArgDisplayNames(name);

    private static Secret SecretWith(SecretValue value) =>
        new(new SecretProperties(SecretAddress.Public("db"), new SecretVersion("1")), new SecretValues { ["k"] = value });

    private static SecretWrite WriteOf(SecretValue value) => new(new SecretProperties(SecretAddress.Public("db"), default), new SecretValues { ["k"] = value });

    // What a destructuring logger does.
    private static IEnumerable<string> Walk(object? value, int depth)
    {
        if (value is null) yield break;
        yield return value.ToString() ?? "";
        if (depth == 0 || value is string || value.GetType().IsPrimitive) yield break;
        if (value is System.Collections.IEnumerable items)
        {
            foreach (string text in items.Cast<object?>().SelectMany(item => Walk(item, depth - 1)))
                yield return text;
        }

        foreach (PropertyInfo property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
        {
            foreach (string text in Walk(property.GetValue(value), depth - 1))
                yield return text;
        }
    }

    private sealed record Holder(SecretValue Value, string Other);
}
