using System.Text;
using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>What is exported comes back exactly; what is no document is refused without a word of it.</summary>
[TestFixture]
public sealed class ExchangeBehaviours
{
    private static readonly string[] Awkward = ["", " ", "a\nb\r\n", "\"'\\`$&<>%{}", "\u043a\u043b\u044e\u0447\u0000\u001b", "\U0001F511\uFEFF", "true", "007", "null", "{\"a\":1}", "- x: y #z", "'", "\\n", "${HOME}", "a\fb\u0085c\u2028d\u2029e"];

    [Test]
    public void Pairs_come_back_exactly_from_JSON_bytes_included()
    {
        SecretValues values = new() { ["keytab"] = SecretValue.FromBytes([.. Enumerable.Range(0, 256).Select(i => (byte)i)]), ["odd \"key\".\u043a"] = "x" };
        for (int i = 0; i < Awkward.Length; i++)
            values[$"k{i}"] = Awkward[i];
        SecretValues back = SecretExchange.Import(SecretExchange.Export(values));
        Assert.That(back.Select(pair => (pair.Key, pair.Value)), Is.EqualTo(values.Select(pair => (pair.Key, pair.Value))));
    }

    [Test]
    public void Any_bytes_come_back_exactly_from_JSON()
    {
        Random random = new(7);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = new byte[random.Next(0, 80)];
            random.NextBytes(bytes);
            SecretValues values = new() { ["a"] = SecretValue.FromBytes(bytes), ["b"] = SecretValue.FromString(string.Concat(bytes.Select(b => (char)(b * 3)))) };
            Assert.That(SecretExchange.Import(SecretExchange.Export(values)), Is.EqualTo(values));
        }
    }

    [Test]
    public void Pairs_come_back_exactly_from_dotenv_where_it_can_hold_them()
    {
        SecretValues values = [];
        foreach (string text in Awkward.Where(text => !text.Contains('\0', StringComparison.Ordinal)))
            values[$"K{values.Count}"] = text;
        SecretValues back = SecretExchange.Import(SecretExchange.Export(values, SecretExchangeFormat.Dotenv), SecretExchangeFormat.Dotenv);
        Assert.That(back.Select(pair => (pair.Key, pair.Value.RevealString())), Is.EqualTo(values.Select(pair => (pair.Key, pair.Value.RevealString()))));
    }

    [TestCase("a-b", "x")]
    [TestCase("1a", "x")]
    [TestCase("A", "\0")]
    [TestCase("A", null)]
    public async Task What_dotenv_cannot_hold_is_refused_by_key(string key, string? text)
    {
        string canary = Canary.Text();
        SecretValues values = new() { [key] = text is null ? SecretValue.FromBytes(Canary.Bytes()) : SecretValue.FromString(text + canary) };
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.Unsupported, () => Task.FromResult(SecretExchange.Export(values, SecretExchangeFormat.Dotenv)));
        Assert.That(error.Message, Does.Contain($"'{key}'").And.Not.Contain(canary));
    }

    [Test]
    public void YAML_writes_every_text_quoted_and_bytes_as_binary()
    {
        SecretValue yaml = SecretExchange.Export(new SecretValues { ["a"] = "true", ["b"] = "x\ny: z", ["c"] = SecretValue.FromBytes([0xFF, 0xFE]) }, SecretExchangeFormat.Yaml);
        Assert.That(yaml.RevealString(), Is.EqualTo("a: \"true\"\nb: \"x\\ny: z\"\nc: !!binary \"//4=\"\n"));
    }

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{\"a\":null}")]
    [TestCase("{\"a\":[1]}")]
    [TestCase("{\"a\":{\"b\":\"c\"}}")]
    [TestCase("{\"a\":{\"base64\":\"!\"}}")]
    [TestCase("{\"a\":\"1\",\"a\":\"2\"}")]
    [TestCase("{\"a\":\"\\ud800\"}")]
    [TestCase("{\"a\":\"1\"")]
    public async Task What_is_no_document_is_refused_and_not_quoted(string text)
    {
        string canary = Canary.Text();
        SecretValue document = SecretValue.FromString(text.Replace("\"1\"", $"\"{canary}\"", StringComparison.Ordinal));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => Task.FromResult(SecretExchange.Import(document)));
        Assert.That(error.Reason, Is.EqualTo("document"));
        Assert.That(error.ToString(), Does.Not.Contain(canary));
    }

    [Test]
    public void Numbers_and_booleans_are_taken_as_they_are_written()
    {
        SecretValues values = SecretExchange.Import(SecretValue.FromString("{\"a\": 1.50, \"b\": true, \"c\": 1e3}"));
        Assert.That(values.Select(pair => pair.Value.RevealString()), Is.EqualTo(new[] { "1.50", "true", "1e3" }));
    }

    [Test]
    public async Task Many_secrets_go_from_one_store_to_another_with_all_that_they_are()
    {
        await using Platform from = new();
        await using Platform to = new();
        await from.Client.CreateSecretAsync("db", new SecretValues { ["user"] = "ada", ["keytab"] = SecretValue.FromBytes([0xFF]) }, new CreateSecretOptions
        {
            Scope = SecretScope.Project("churn"), Type = "env", Description = "d", Tags = { ["team"] = "ml" }, ExpiresOn = from.Clock.GetUtcNow().AddDays(1),
        });
        await from.Client.CreateSecretAsync("mine", Platform.Pair("x"), Platform.Private);
        await from.Bob.CreateSecretAsync("bobs", Platform.Pair("x"), Platform.Private);
        SecretValue document = await from.Client.ExportSecretsAsync(["*"]);
        Assert.That(document.ToString(), Is.EqualTo("***"));

        IReadOnlyList<SecretProperties> imported = await to.Client.ImportSecretsAsync(SecretExchange.ImportAll(document));
        Assert.That(imported.Select(item => item.Name), Is.EquivalentTo(new[] { "db", "mine" }), "Somebody else's private secret is not there to export.");
        Secret db = await to.Client.GetSecretAsync(new SecretLookup("db") { Scope = SecretScope.Project("churn") });
        Assert.That(db["keytab"].RevealBytes(), Is.EqualTo(new byte[] { 0xFF }));
        Assert.That((db.Properties.Type, db.Properties.Description, db.Properties.Tags["team"], db.Properties.ExpiresOn), Is.EqualTo(("env", "d", "ml", (DateTimeOffset?)from.Clock.GetUtcNow().AddDays(1))));
        Assert.That((await to.Client.GetSecretAsync("mine")).Properties.Visibility, Is.EqualTo(SecretVisibility.Private));
    }

    [Test]
    public async Task An_import_that_would_replace_something_imports_nothing_unless_told_to()
    {
        await using Platform platform = new();
        await platform.Client.CreateSecretAsync("b", Platform.Pair("old"));
        IReadOnlyList<SecretImport> imports = SecretExchange.ImportAll(SecretValue.FromBytes(Encoding.UTF8.GetBytes("{\"a\": {\"key\": \"new\"}, \"b\": {\"key\": \"new\"}}")));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.AlreadyExists, () => platform.Client.ImportSecretsAsync(imports).AsTask());
        Assert.That(error.Message, Does.Contain("'b'").And.Not.Contain("'a'"));
        Assert.That(await Platform.NamesAsync(platform.Client.ListSecretsAsync()), Is.EqualTo(new[] { "b" }));
        await platform.Client.ImportSecretsAsync(imports, overwrite: true);
        Assert.That((await platform.Client.GetSecretAsync("b"))["key"].RevealString(), Is.EqualTo("new"));
    }

    [Test]
    public async Task What_may_not_be_shown_is_not_exported()
    {
        await using Platform platform = new(SecretProfiles.WeightsAndBiases);
        await platform.Client.CreateSecretAsync("TOKEN", Platform.One("x"));
        await Platform.RefusedAsync(SecretErrorCode.Denied, () => platform.Client.ExportSecretsAsync(["*"]).AsTask());
    }
}
