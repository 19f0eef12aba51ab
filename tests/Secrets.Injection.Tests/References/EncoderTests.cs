using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Secrets.Injection.Tests.References;

/// <summary>Each encoder is judged by the reader it writes for: nothing is compared to what the encoder was expected to write.</summary>
internal sealed class EncoderTests
{
    [TestCaseSource(typeof(HostileValues), nameof(HostileValues.All))]
    public async Task Json_reads_back(string value) =>
        Assert.That(JsonSerializer.Deserialize<string>(await EncodeAsync("\"{{a.b | json}}\"", value)), Is.EqualTo(value));

    [TestCaseSource(typeof(HostileValues), nameof(HostileValues.All))]
    public async Task Url_reads_back(string value)
    {
        Uri uri = new($"https://host/{await EncodeAsync("p{{a.b | url}}p?q={{a.b | url}}", value)}");

        Assert.That(Uri.UnescapeDataString(uri.Query[3..]), Is.EqualTo(value));
        Assert.That(Uri.UnescapeDataString(uri.AbsolutePath), Is.EqualTo($"/p{value}p"));
    }

    [TestCaseSource(typeof(HostileValues), nameof(HostileValues.All))]
    public async Task Base64_reads_back(string value) =>
        Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String(await EncodeAsync("{{a.b | base64}}", value))), Is.EqualTo(value));

    [TestCaseSource(typeof(HostileValues), nameof(HostileValues.All))]
    public async Task A_connection_string_reads_back(string value)
    {
        if (value.Contains('\0'))
        {
            Assert.That(async () => await EncodeAsync("{{a.b | connection-string}}", value), Throws.TypeOf<SecretResolutionException>());
            return;
        }

        DbConnectionStringBuilder builder = new() { ConnectionString = await EncodeAsync("Host=db;Password={{a.b | connection-string}};Pooling=true", value) };

        Assert.That((builder["Host"], builder["Password"], builder["Pooling"]), Is.EqualTo(("db", value, "true")));
    }

    [TestCaseSource(typeof(HostileValues), nameof(HostileValues.All))]
    public async Task Xml_reads_back_as_text_and_as_attribute(string value)
    {
        if (value.Any(c => c < ' ' && c is not ('\t' or '\n' or '\r')))
        {
            Assert.That(async () => await EncodeAsync("{{a.b | xml}}", value), Throws.TypeOf<SecretResolutionException>());
            return;
        }

        XElement root = XElement.Parse(await EncodeAsync("<a b=\"{{a.b | xml}}\" c='{{a.b | xml}}'>{{a.b | xml}}</a>", value), LoadOptions.PreserveWhitespace);

        Assert.That((root.Attribute("b")!.Value, root.Attribute("c")!.Value, root.Value), Is.EqualTo((value, value, value)));
    }

    [Test]
    public async Task A_real_shell_reads_every_value_back()
    {
        string[] values = [.. HostileValues.All.Where(value => !value.Contains('\0'))];
        StringBuilder script = new();
        foreach (string value in values)
            script.Append(await EncodeAsync("printf '%s\\0' {{a.b | shell}}\n", value));

        ProcessStartInfo start = new("/bin/sh") { RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = new UTF8Encoding(false) };
        using Process shell = Process.Start(start)!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();

        Assert.That((await output).Split('\0')[..^1], Is.EqualTo(values));
        Assert.That(async () => await EncodeAsync("{{a.b | shell}}", "a\0b"), Throws.TypeOf<SecretResolutionException>());
    }

    [Test]
    public async Task A_host_adds_an_encoder_of_its_own()
    {
        FewSecrets client = new FewSecrets().With("db", new() { ["password"] = "pw" });

        #region use-an-encoder
        SecretTemplateOptions options = new() { Encoders = SecretEncoders.Default.With(new HexEncoder()) };
        SecretTemplate template = SecretTemplate.Parse("{{db.password | hex}}", options);
        #endregion

        Assert.That(await client.ResolveAsync(template), Is.EqualTo("7077"));
        Assert.That(SecretTemplate.Parse(template.Format(), options), Is.EqualTo(template));
    }

    [Test]
    public void What_a_name_means_cannot_change([Values("json", "scalar")] string name) =>
        Assert.That(() => SecretEncoders.Default.With(new Renamed(name)), Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Code)).EqualTo(SecretErrorCode.AlreadyExists));

    [TestCase("")]
    [TestCase("Hex")]
    [TestCase("1hex")]
    [TestCase("a b")]
    public void An_encoder_has_a_name_by_the_rule(string name) =>
        Assert.That(() => new Renamed(name), Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("encoder-name"));

    private static ValueTask<string> EncodeAsync(string template, string value) =>
        new FewSecrets().With("a", new() { ["b"] = value }).ResolveAsync(template);

    #region write-an-encoder
    private sealed class HexEncoder() : SecretEncoder("hex")
    {
        public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination) =>
            Encode(Encoding.UTF8.GetBytes(text.ToString()), destination);

        public override void Encode(ReadOnlySpan<byte> bytes, IBufferWriter<char> destination) =>
            destination.Write(Convert.ToHexString(bytes));
    }
    #endregion

    private sealed class Renamed(string name) : SecretEncoder(name)
    {
        public override void Encode(ReadOnlySpan<char> text, IBufferWriter<char> destination) => destination.Write(text);
    }
}
