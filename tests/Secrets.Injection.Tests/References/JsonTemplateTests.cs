using System.Text.Json;

namespace Secrets.Injection.Tests.References;

internal sealed class JsonTemplateTests
{
    private const string Document = """
        {
          // the model's host
          "url": "https://{{db.user}}@host/\u00e9?q=\"{{db.user}}\"",
          "{{db.user}}-key": ["<<db.user>>", "${db}", "\\{{not.one}}"],
          "port": "{{net.port | scalar}}", /* {{in.comment}} */
          "on": "{{net.on | scalar}}",
          "n": 1.50,
        }
        """;

    private static FewSecrets Client(string value) => new FewSecrets()
        .With("db", new() { ["user"] = value })
        .With("net", new() { ["port"] = "5432", ["on"] = "true" });

    [TestCaseSource(typeof(HostileValues), nameof(HostileValues.All))]
    public async Task No_value_can_break_the_document(string value)
    {
        string json = await Client(value).ResolveAsync(SecretTemplate.ParseJson(Document));

        JsonElement root = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(root.EnumerateObject().Select(property => property.Name), Is.EqualTo(new[] { "url", value + "-key", "port", "on", "n" }));
            Assert.That(root.GetProperty("url").GetString(), Is.EqualTo($"https://{value}@host/é?q=\"{value}\""));
            Assert.That(root.GetProperty(value + "-key").EnumerateArray().Select(item => item.GetString()), Is.EqualTo(new[] { value, value, "{{not.one}}" }));
            Assert.That(root.GetProperty("port").GetInt32(), Is.EqualTo(5432));
            Assert.That(root.GetProperty("on").GetBoolean(), Is.True);
        });
    }

    [Test]
    public async Task What_holds_no_reference_is_copied_as_it_stands()
    {
        string json = await Client("x").ResolveAsync(SecretTemplate.ParseJson(Document));

        Assert.That(json, Does.Contain("// the model's host").And.Contain("/* {{in.comment}} */").And.Contain("\"n\": 1.50,"));
    }

    [Test]
    public void A_reference_knows_its_place_in_the_document()
    {
        SecretTemplate template = SecretTemplate.ParseJson(Document, new SecretTemplateOptions { Source = "job.json" });

        Assert.That(template.References.Take(2).Select(reference => reference.Place.ToString()), Is.EqualTo(new[] { "job.json:3:19", "job.json:3:47" }));
    }

    [TestCase("{\"a\": {{b.c}}}", "json", "job.json:1:8: ")]
    [TestCase("{\n\"a\": tru }", "json", "job.json:2:9: ")]
    [TestCase("[\"é\", \"{{b}}\"]", "no-key", "job.json:1:11: ")]
    [TestCase("[\"\\u00e9 {{b}}\"]", "no-key", "job.json:1:13: ")]
    [TestCase("[\"x{{a.b | scalar}}\"]", "scalar", "job.json:1:4: ")]
    [TestCase("", "json", "job.json:1:1: ")]
    public void What_does_not_parse_is_an_error_with_its_place(string text, string reason, string place)
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretTemplate.ParseJson(text, new SecretTemplateOptions { Source = "job.json" }))!;

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.MalformedReference, reason)));
        Assert.That(error.Message, Does.StartWith(place));
    }

    [TestCase("1", true)]
    [TestCase("-0.5e+10", true)]
    [TestCase("false", true)]
    [TestCase("01", false)]
    [TestCase("+1", false)]
    [TestCase("1.", false)]
    [TestCase(".5", false)]
    [TestCase("1.e5", false)]
    [TestCase("-", false)]
    [TestCase("", false)]
    [TestCase("null", false)]
    [TestCase("1e999", false)]
    [TestCase("NaN", false)]
    [TestCase("1, \"admin\": true", false)]
    public void A_scalar_is_a_number_or_a_boolean_or_it_is_refused(string value, bool accepted)
    {
        SecretTemplate template = SecretTemplate.ParseJson("[\"{{ db.user | scalar }}\"]");

        if (accepted)
            Assert.That(async () => await Client(value).ResolveAsync(template), Is.EqualTo($"[{value}]"));
        else
            Assert.That(async () => await Client(value).ResolveAsync(template), Throws.TypeOf<SecretResolutionException>().With.Message.Contains("scalar").And.Message.Not.Contain("admin"));
    }

    [Test]
    public async Task A_reference_that_is_left_in_place_does_not_break_the_document_either()
    {
        SecretTemplate template = SecretTemplate.ParseJson("""["{{\"no \\\"such\".k}}", "{{no.port | scalar}}"]""");

        string json = await Client("x").ResolveAsync(template, new SecretResolveOptions { Missing = SecretMissingReferences.LeaveInPlace });

        Assert.That(JsonSerializer.Deserialize<string[]>(json), Is.EqualTo(new[] { "{{\"no \\\"such\".k}}", "{{ no.port | scalar }}" }));
    }

    [Test]
    public void Scalar_is_for_documents_only() =>
        Assert.That(() => SecretTemplate.Parse("{{a.b | scalar}}"), Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("unknown-encoder"));
}
