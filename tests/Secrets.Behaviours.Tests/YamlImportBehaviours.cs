using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>YAML comes back exactly as it went out, is read as a person writes it, and is refused where it is more than keys and values.</summary>
[TestFixture]
public sealed class YamlImportBehaviours
{
    private static readonly string[] Awkward =
    [
        "", " ", " both ends ", "a\nb\r\n", "\n\n", "\t", "\"'\\`$&<>%{}", "\u043a\u043b\u044e\u0447\u0000\u001b\u007f\u0085\u2028", "\U0001F511\uFEFF", "true", "007", "null", "~", "{\"a\":1}", "- x: y #z", "---", "...\n---\n",
        "'", "it's", "\\n", "${HOME}", "&anchor", "*alias", "!!binary", "%YAML 1.2", "? a", "# no comment", "| folded >", new('x', 70_000),
    ];

    [Test]
    public void Pairs_come_back_exactly_bytes_included()
    {
        SecretValues values = new() { ["keytab"] = SecretValue.FromBytes([.. Enumerable.Range(0, 256).Select(i => (byte)i)]), ["odd \"key\": #\u043a"] = "x", ["---"] = "y", ["null"] = "z" };
        for (int i = 0; i < Awkward.Length; i++)
            values[$"k{i}"] = Awkward[i];
        SecretValues back = Yaml(SecretExchange.Export(values, SecretExchangeFormat.Yaml));
        Assert.That(back.Select(pair => (pair.Key, pair.Value)), Is.EqualTo(values.Select(pair => (pair.Key, pair.Value))));
    }

    [Test]
    public void No_pairs_come_back_as_none() => Assert.That(Yaml(SecretExchange.Export(new SecretValues(), SecretExchangeFormat.Yaml)), Is.Empty);

    [Test]
    public void Any_bytes_and_any_text_come_back_exactly()
    {
        Random random = new(7);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = new byte[random.Next(0, 80)];
            random.NextBytes(bytes);
            SecretValues values = new() { ["a"] = SecretValue.FromBytes(bytes), ["b"] = SecretValue.FromString(string.Concat(bytes.Select(b => (char)(b * 3)))) };
            Assert.That(Yaml(SecretExchange.Export(values, SecretExchangeFormat.Yaml)), Is.EqualTo(values));
        }
    }

    [TestCase("a: x", "x")]
    [TestCase("\uFEFFa: x", "x")]
    [TestCase("---\na: x\n...\n", "x")]
    [TestCase("# why\na: x # what", "x")]
    [TestCase("{a: x}", "x")]
    [TestCase("a: 1.50", "1.50")]
    [TestCase("a: yes", "yes")]
    [TestCase("a: 0x1F", "0x1F")]
    [TestCase("a: ! 7", "7")]
    [TestCase("a: !!str null", "null")]
    [TestCase("a: 'null'", "null")]
    [TestCase("a: ''", "")]
    [TestCase("a: 'it''s'", "it's")]
    [TestCase("a: \"two\\nlines \\u043a\"", "two\nlines \u043a")]
    [TestCase("a: |\n  two\n  lines\n", "two\nlines\n")]
    [TestCase("a: |-\n  ---\n  lines\n", "---\nlines")]
    [TestCase("a: >\n  one\n  line\n", "one line\n")]
    [TestCase("a: !!binary |\n  aGVs\n  bG8=\n", "hello")]
    public void A_value_is_read_as_it_is_written(string text, string expected) =>
        Assert.That(Yaml(SecretValue.FromString(text)), Is.EqualTo(new SecretValues { ["a"] = expected }));

    [TestCase("", "document")]
    [TestCase("# nothing", "document")]
    [TestCase("canary", "document")]
    [TestCase("- canary", "document")]
    [TestCase("a: [canary]", "document")]
    [TestCase("a: {b: canary}", "document")]
    [TestCase("? [canary]\n: b", "document")]
    [TestCase("a:", "document")]
    [TestCase("a: ~", "document")]
    [TestCase("a: null", "document")]
    [TestCase("a: canary\n---\nb: canary", "document")]
    [TestCase("a: canary\n b: canary", "document")]
    [TestCase("a: 'canary", "document")]
    [TestCase("a: \"canary \\q\"", "document")]
    [TestCase("a: \"canary \\ud800\"", "document")]
    [TestCase("a: !!binary canary!", "document")]
    [TestCase("a: !!timestamp canary", "document")]
    [TestCase("a: !canary x", "document")]
    [TestCase("a: canary\nb: canary\na: canary", "duplicate-key")]
    [TestCase("a: canary\n'a': canary", "duplicate-key")]
    [TestCase("{a: canary, a: canary}", "duplicate-key")]
    [TestCase("a: &canary x", "anchor")]
    [TestCase("&canary a: x", "anchor")]
    [TestCase("a: &canary x\nb: *canary", "anchor")]
    [TestCase("a: &canary [x]", "anchor")]
    [TestCase("&canary\na: x", "anchor")]
    [TestCase("<<: *canary", "anchor")]
    public async Task What_is_more_or_less_than_keys_and_values_is_refused_and_not_quoted(string text, string reason)
    {
        string canary = Canary.Text();
        SecretValue document = SecretValue.FromString(text.Replace("canary", canary, StringComparison.Ordinal));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => Task.FromResult(Yaml(document)));
        Assert.That(error.Reason, Is.EqualTo(reason));
        Assert.That(error.ToString(), Does.Not.Contain(canary));
    }

    [Test]
    public async Task What_is_not_text_is_refused() =>
        await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => Task.FromResult(Yaml(SecretValue.FromBytes([0xFF, 0xFE, 0x00]))));

    [Test]
    public void Any_text_is_read_or_refused_with_a_code()
    {
        const string Signs = "a: \n\t-?[]{}!&*|>'\"%@`#,\\~01\u0000\uFEFF";
        Random random = new(11);
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            SecretValue document = SecretValue.FromString(string.Concat(Enumerable.Range(0, random.Next(0, 24)).Select(_ => Signs[random.Next(Signs.Length)])));
            try
            {
                Yaml(document);
            }
            catch (SecretException e) when (e.Code == SecretErrorCode.InvalidArgument)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.InRange(1, 19_999));
    }

    [Test, Behaviour("Z10", "Z11")]
    public void Values_are_JSON_or_else_YAML()
    {
        Assert.That(SecretExchange.ImportValues("{\"a\": {\"base64\": \"aGVsbG8=\"}, \"b\": 1.0}"), Is.EqualTo(new SecretValues { ["a"] = "hello", ["b"] = "1.0" }));
        Assert.That(SecretExchange.ImportValues("{a: hello, b: 1.0}"), Is.EqualTo(new SecretValues { ["a"] = "hello", ["b"] = "1.0" }));
        Assert.That(SecretExchange.ImportValues("a: hello\nb: 1.0\n"), Is.EqualTo(new SecretValues { ["a"] = "hello", ["b"] = "1.0" }));
    }

    [Test, Behaviour("Z13")]
    public void Values_of_the_document_win_over_pairs_given_besides()
    {
        SecretValues pairs = new() { ["user"] = "ada", ["password"] = "old" };
        SecretValues both = SecretExchange.ImportValues("password: new\nregion: eu\n", pairs);
        Assert.That(both, Is.EqualTo(new SecretValues { ["user"] = "ada", ["password"] = "new", ["region"] = "eu" }));
        Assert.That(pairs, Is.EqualTo(new SecretValues { ["user"] = "ada", ["password"] = "old" }), "What was given stays as it was.");
    }

    [TestCase("canary", "document")]
    [TestCase("{\"a\": \"canary\"", "document")]
    [TestCase("{\"a\": null, \"b\": \"canary\"}", "document")]
    [TestCase("{\"a\": \"canary\", \"a\": \"canary\"}", "duplicate-key")]
    [TestCase("a: *canary", "anchor")]
    [Behaviour("Z14")]
    public async Task Values_that_are_neither_are_refused_and_not_quoted(string text, string reason)
    {
        string canary = Canary.Text();
        SecretValue document = SecretValue.FromString(text.Replace("canary", canary, StringComparison.Ordinal));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => Task.FromResult(SecretExchange.ImportValues(document)));
        Assert.That(error.Reason, Is.EqualTo(reason));
        Assert.That(error.ToString(), Does.Not.Contain(canary));
        if (reason == "document")
            Assert.That(error.Message, Does.Contain("JSON").And.Contain("YAML"));
    }

    private static SecretValues Yaml(SecretValue document) => SecretExchange.Import(document, SecretExchangeFormat.Yaml);
}
