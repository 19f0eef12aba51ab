using YamlDotNet.RepresentationModel;

namespace Secrets.Injection.Tests.References;

internal sealed class YamlTemplateTests
{
    private const string Document = """
        %YAML 1.2
        ---
        # {{in.comment}}
        defaults: &base
          timeout: 30
        job:
          <<: *base
          plain: {{db.user}}
          inner: http://{{db.user}}:x@host/#a   # {{in.comment}}
          single: 'it''s {{db.user}}'
          double: "tab\t{{db.user}} \u00e9"
          spaced: {{ db.nope ?? "a: b # c" }}
          port: {{net.port | scalar}}
          on: "{{net.on | scalar}}"
          literal: |
            one
              two {{db.user}}

            three
          kept: |+
            {{db.user}}

          stripped: |-
            {{db.user}}
          list:
          - {{db.user}}
          - key: <<db.user>>
            flow: [a, {{db.user}}, "{{db.user}}", {k: {{db.user}}}]
          - plain text over
            two lines
          escaped: \{{not.one}}
          tagged: !!str {{db.user}}
          "k{{db.user}}": 1
          last: ${db}
        """;

    private static FewSecrets Client(string value) => new FewSecrets()
        .With("db", new() { ["user"] = value })
        .With("net", new() { ["port"] = "5432", ["on"] = "true" });

    [TestCaseSource(typeof(HostileValues), nameof(HostileValues.All))]
    public Task No_value_can_break_the_document(string value) => CheckAsync(Document, value);

    [Test]
    public Task Lines_may_end_as_on_windows() => CheckAsync(Document.Replace("\n", "\r\n", StringComparison.Ordinal), "a\nb");

    [Test]
    public async Task What_holds_no_reference_is_copied_as_it_stands()
    {
        string yaml = await Client("x").ResolveAsync(SecretTemplate.ParseYaml(Document));

        Assert.That(yaml, Does.Contain("# {{in.comment}}\ndefaults: &base\n  timeout: 30\njob:\n  <<: *base\n").And.Contain("   # {{in.comment}}\n"));
    }

    [TestCase("a: >\n  folded {{b.c}}\n", "yaml", "job.yaml:1:4: ")]
    [TestCase("a: one {{b.c}}\n  two\n", "yaml", "job.yaml:1:4: ")]
    [TestCase("a: one\n  two {{b.c}}\n", "yaml", "job.yaml:1:4: ")]
    [TestCase("a: 'one\n  {{b.c}}'\n", "yaml", "job.yaml:1:4: ")]
    [TestCase("[one\n  {{b.c}}]\n", "yaml", "job.yaml:1:2: ")]
    [TestCase("a: \"never\n", "yaml", "job.yaml:1:4: ")]
    [TestCase("x: 1\na: {{b}}\n", "no-key", "job.yaml:2:7: ")]
    [TestCase("a: |\n  x\n   {{b}}\n", "no-key", "job.yaml:3:7: ")]
    [TestCase("a: \"\\u00e9{{b}}\"\n", "no-key", "job.yaml:1:14: ")]
    public void What_cannot_be_encoded_is_an_error_with_its_place(string text, string reason, string place)
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretTemplate.ParseYaml(text, new SecretTemplateOptions { Source = "job.yaml" }))!;

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.MalformedReference, reason)));
        Assert.That(error.Message, Does.StartWith(place));
    }

    [TestCase("a: >\n  folded {{b.c}}\n")]
    [TestCase("a: >-\n  folded\n  <<b.c>>\n\nnext: 1\n")]
    [TestCase("a: >2+\n    {{b.c}}\n")]
    [TestCase("a: one\n  ${B}\n")]
    [TestCase("a: \"one\n  {{b.c}}\"\n")]
    [TestCase("a: 'one\n\n  {{b.c}}'\n")]
    public void A_reference_in_a_folded_scalar_is_refused_and_the_error_says_what_to_write_instead(string text)
    {
        SecretException error = Assert.Throws<SecretException>(() => SecretTemplate.ParseYaml(text))!;

        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.MalformedReference, "yaml")));
        Assert.That(error.Message, Does.Contain("text:1:4").And.Contain("write it on one line, in quotes, or as a literal block (|)"));
    }

    private static async Task CheckAsync(string document, string value)
    {
        string yaml = await Client(value).ResolveAsync(SecretTemplate.ParseYaml(document));

        YamlStream stream = new();
        stream.Load(new StringReader(yaml));
        YamlMappingNode job = (YamlMappingNode)stream.Documents.Single().RootNode["job"];
        Assert.Multiple(() =>
        {
            Assert.That(job.Children, Has.Count.EqualTo(16));
            Assert.That(Text(job, "plain"), Is.EqualTo(value));
            Assert.That(Text(job, "inner"), Is.EqualTo($"http://{value}:x@host/#a"));
            Assert.That(Text(job, "single"), Is.EqualTo($"it's {value}"));
            Assert.That(Text(job, "double"), Is.EqualTo($"tab\t{value} é"));
            Assert.That(Text(job, "spaced"), Is.EqualTo("a: b # c"));
            Assert.That(Text(job, "literal"), Is.EqualTo($"one\n  two {value}\n\nthree\n"));
            Assert.That(Text(job, "kept"), Is.EqualTo($"{value}\n\n"));
            Assert.That(Text(job, "stripped"), Is.EqualTo(value));
            Assert.That(Text(job, "escaped"), Is.EqualTo("{{not.one}}"));
            Assert.That(Text(job, "tagged"), Is.EqualTo(value));
            Assert.That(Text(job, "k" + value), Is.EqualTo("1"));
            Assert.That(Text(job, "last"), Is.EqualTo(value));
            Assert.That(((YamlScalarNode)job["plain"]).Style, Is.EqualTo(YamlDotNet.Core.ScalarStyle.DoubleQuoted));
            Assert.That((((YamlScalarNode)job["port"]).Style, Text(job, "port")), Is.EqualTo((YamlDotNet.Core.ScalarStyle.Plain, "5432")));
            Assert.That((((YamlScalarNode)job["on"]).Style, Text(job, "on")), Is.EqualTo((YamlDotNet.Core.ScalarStyle.Plain, "true")));
        });
        YamlSequenceNode list = (YamlSequenceNode)job["list"];
        Assert.Multiple(() =>
        {
            Assert.That(list[0].ToString(), Is.EqualTo(value));
            Assert.That(list[1]["key"].ToString(), Is.EqualTo(value));
            Assert.That(list[1]["flow"][1].ToString(), Is.EqualTo(value));
            Assert.That(list[1]["flow"][2].ToString(), Is.EqualTo(value));
            Assert.That(list[1]["flow"][3]["k"].ToString(), Is.EqualTo(value));
            Assert.That(list[2].ToString(), Is.EqualTo("plain text over two lines"));
        });
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;
}
