using System.Text;
using Secrets.Testing;

namespace Secrets.Behaviours;

/// <summary>Many secrets as one document, in three formats: what is written comes back exactly, and what is no such document is refused.</summary>
[TestFixture]
public sealed class ManySecretsBehaviours
{
    private const SecretExchangeFormat Json = SecretExchangeFormat.Json;
    private const SecretExchangeFormat Yaml = SecretExchangeFormat.Yaml;
    private const SecretExchangeFormat Dotenv = SecretExchangeFormat.Dotenv;

    private static readonly string[] Texts =
    [
        "", " ", "a\nb\r\n", "\"'\\`$&<>%{}", "\u043a\u043b\u044e\u0447\u001b", "\U0001F511\uFEFF", "true", "~", "007", "null", "{\"a\":1}", "- x: y #z", "'", "\\n", "${HOME}",
        "a\fb\u0085c\u2028d\u2029e", "&a *a", "!!binary x", "base64", "A__B='x'", "\r", "\t",
    ];

    private static readonly string[] Names =
    [
        "db", "DB", "d_b", "d__b", "_db", "db_", "d-b", "d.b", "d/b", "1db", "x", "_x002D_", "db_x", "db__user", "private", "team", "format", "secrets", "values", "null", "true",
        "y", "_", "a_x0041_b", "name__base64__key",
    ];

    private static readonly SecretScope[] Scopes = [SecretScope.Team, SecretScope.Project("churn"), SecretScope.Cluster("gpu-1"), new("stack", "a b/\u00e9__x"), new("private", ""), new("db", "")];

    [Test]
    public void Many_secrets_come_back_exactly_in_each_format([Values(Json, Yaml, Dotenv)] SecretExchangeFormat format)
    {
        Random random = new(11);
        for (int run = 0; run < 250; run++)
        {
            Secret[] secrets = Some(random);
            SecretValue document = SecretExchange.ExportAll(secrets, format);
            IReadOnlyList<SecretImport> back = SecretExchange.ImportAll(document, format);
            Assert.That(back.Select(Shown), Is.EqualTo(secrets.Select(Shown)), () => $"run {run}\n{document.RevealString()}");
        }
    }

    [Test]
    public void Json_and_yaml_are_told_apart_and_dotenv_has_to_be_said()
    {
        Secret[] secrets = [Made("db", new SecretValues { ["user"] = "ada", ["keytab"] = SecretValue.FromBytes([0xFF]) })];
        foreach (SecretExchangeFormat format in new[] { Json, Yaml })
            Assert.That(SecretExchange.ImportAll(SecretExchange.ExportAll(secrets, format)).Select(Shown), Is.EqualTo(secrets.Select(Shown)));
        SecretException error = Assert.Throws<SecretException>(() => SecretExchange.ImportAll(SecretExchange.ExportAll(secrets, Dotenv)));
        Assert.That((error.Code, error.Reason), Is.EqualTo((SecretErrorCode.InvalidArgument, "document")));
    }

    [Test]
    public void The_three_forms_are_as_documented()
    {
        SecretProperties properties = new(SecretAddress.Private(SecretScope.Project("churn"), "ada", "db"), default)
        {
            Type = "env", Description = "orders", Tags = new Dictionary<string, string> { ["team"] = "ml" }, ExpiresOn = new DateTimeOffset(2030, 1, 31, 13, 0, 0, TimeSpan.Zero),
        };
        Secret[] secrets =
        [
            new(properties, new SecretValues { ["user"] = "ada", ["key-tab"] = SecretValue.FromBytes([0xFF, 0xFE]) }),
            Made("HF_TOKEN", Platform.One("made-up")),
        ];
        Assert.That(SecretExchange.ExportAll(secrets, Yaml).RevealString(), Is.EqualTo("""
            format: "secrets-1"
            secrets:
            - name: "db"
              scope: "project:churn"
              private: true
              type: "env"
              description: "orders"
              expires: "2030-01-31T13:00:00.0000000+00:00"
              tags:
                team: "ml"
              values:
                user: "ada"
                "key-tab": !!binary "//4="
            - name: "HF_TOKEN"
              scope: "team"
              private: false
              values:
                value: "made-up"

            """.ReplaceLineEndings("\n")));
        Assert.That(SecretExchange.ExportAll(secrets, Dotenv).RevealString(), Is.EqualTo("""
            private__project_x003A_churn__db____type='env'
            private__project_x003A_churn__db____description='orders'
            private__project_x003A_churn__db____expires='2030-01-31T13:00:00.0000000+00:00'
            private__project_x003A_churn__db____tag__team='ml'
            private__project_x003A_churn__db__user='ada'
            private__project_x003A_churn__db____base64__key_x002D_tab='//4='
            HF_TOKEN='made-up'

            """.ReplaceLineEndings("\n")));
        Assert.That(SecretExchange.ExportAll([], Yaml).RevealString(), Is.EqualTo("format: \"secrets-1\"\nsecrets: []\n"));
        Assert.That(SecretExchange.ImportAll(SecretExchange.ExportAll([], Yaml)), Is.Empty);
    }

    [Test]
    public void What_a_person_writes_by_hand_is_read()
    {
        Assert.That(Read("db: {user: ada, port: 5432}\nHF_TOKEN:\n  value: x\n", Yaml), Is.EqualTo(new[] { "team public db: user=ada port=5432", "team public HF_TOKEN: value=x" }));
        Assert.That(Read("format: secrets-1\nsecrets:\n- name: db\n  private: true\n  values: {user: ada}\n", Yaml), Is.EqualTo(new[] { "team private db: user=ada" }));
        Assert.That(Read("{\"format\": \"secrets-1\", \"secrets\": [{\"name\": \"db\", \"values\": {\"user\": \"ada\"}}]}", Json), Is.EqualTo(new[] { "team public db: user=ada" }));
        Assert.That(Read("# comment\nexport HF_TOKEN=x\nDB__USER=ada\nDB__PASS = \"two words\"\n", Dotenv), Is.EqualTo(new[] { "team public HF_TOKEN: value=x", "team public DB: USER=ada PASS=two words" }));
    }

    [TestCase(Json, "[]", "document")]
    [TestCase(Json, "{\"format\":\"secrets-2\",\"secrets\":[]}", "document")]
    [TestCase(Json, "{\"format\":\"secrets-1\"}", "document")]
    [TestCase(Json, "{\"format\":\"secrets-1\",\"secrets\":[],\"more\":1}", "document")]
    [TestCase(Json, "{\"format\":\"secrets-1\",\"secrets\":[{\"name\":\"a\"}]}", "document")]
    [TestCase(Json, "{\"format\":\"secrets-1\",\"secrets\":[{\"name\":\"a\",\"values\":{\"k\":\"@\"},\"expire\":\"x\"}]}", "document")]
    [TestCase(Json, "{\"format\":\"secrets-1\",\"secrets\":[{\"name\":\"a\",\"values\":{\"k\":\"@\"},\"private\":\"maybe\"}]}", "document")]
    [TestCase(Json, "{\"format\":\"secrets-1\",\"secrets\":[{\"name\":\"a\",\"values\":{\"k\":\"@\"},\"scope\":\"Bad Scope\"}]}", "document")]
    [TestCase(Json, "{\"format\":\"secrets-1\",\"secrets\":[{\"name\":\"a\",\"values\":{\"k\":\"@\"}},{\"name\":\"a\",\"values\":{\"k\":\"@\"}}]}", "duplicate-secret")]
    [TestCase(Json, "{\"a\":{\"k\":\"@\"},\"a\":{\"k\":\"@\"}}", "document")]
    [TestCase(Json, "{\"a\":\"@\"}", "document")]
    [TestCase(Yaml, "- a\n- '@'", "document")]
    [TestCase(Yaml, "a: '@'", "document")]
    [TestCase(Yaml, "a: {k: '@'}\na: {k: '@'}", "duplicate-key")]
    [TestCase(Yaml, "a: {k: '@', k: '@'}", "duplicate-key")]
    [TestCase(Yaml, "a: &x {k: '@'}\nb: *x", "anchor")]
    [TestCase(Yaml, "a: !mine {k: '@'}", "document")]
    [TestCase(Yaml, "a: {k: ~}", "document")]
    [TestCase(Yaml, "a: {k: !!binary '@'}", "document")]
    [TestCase(Yaml, "a: {k: '@'}\n---\nb: {k: '@'}", "document")]
    [TestCase(Yaml, "a: {b: {c: {d: {e: {f: {g: '@'}}}}}}", "document")]
    [TestCase(Yaml, "a: {k: '@'", "document")]
    [TestCase(Dotenv, "no line @", "document")]
    [TestCase(Dotenv, "a__k='@", "document")]
    [TestCase(Dotenv, "a___k='@'", "document")]
    [TestCase(Dotenv, "a__k__='@'", "document")]
    [TestCase(Dotenv, "a__b__c__d__e='@'", "document")]
    [TestCase(Dotenv, "public__team__a__k='@'", "document")]
    [TestCase(Dotenv, "Bad__a__k='@'", "document")]
    [TestCase(Dotenv, "a____nonsense='@'", "document")]
    [TestCase(Dotenv, "a____base64__k='@'", "document")]
    [TestCase(Dotenv, "a____type='@'", "document")]
    [TestCase(Dotenv, "a='@'\na__value='@'", "document")]
    [TestCase(Dotenv, "a__k='@'\nteam__a__k='@'", "duplicate-secret")]
    [TestCase(Dotenv, "a__k='@'\na____expires='@'", "document")]
    public async Task What_is_no_document_of_secrets_is_refused_and_not_quoted(SecretExchangeFormat format, string text, string reason)
    {
        string canary = Canary.Text();
        SecretValue document = SecretValue.FromString(text.Replace("@", canary, StringComparison.Ordinal));
        SecretException error = await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => Task.FromResult(SecretExchange.ImportAll(document, format)));
        Assert.That(error.Reason, Is.EqualTo(reason), error.Message);
        Assert.That(error.ToString(), Does.Not.Contain(canary));
    }

    [Test]
    public void A_document_with_one_change_is_read_or_refused_and_never_quoted([Values(Json, Yaml, Dotenv)] SecretExchangeFormat format)
    {
        Random random = new(5);
        string canary = Canary.Text();
        string document = SecretExchange.ExportAll([Made("db", new SecretValues { ["user"] = canary, ["keytab"] = SecretValue.FromBytes([0xFF, 0xFE]) }), Made("api", Platform.One(canary))], format).RevealString();
        for (int run = 0; run < 4_000; run++)
        {
            int at = random.Next(document.Length);
            string c = $"{"{}[]\"':=_x,-#&*!|>\n\t %~0a\u0000\u2028\uFFFD"[random.Next(28)]}";
            string changed = random.Next(3) switch { 0 => document.Remove(at, 1), 1 => document.Insert(at, c), _ => document.Remove(at, 1).Insert(at, c) };
            try
            {
                SecretExchange.ImportAll(SecretValue.FromString(changed), format);
            }
            catch (SecretException e)
            {
                Assert.That(e.Code, Is.EqualTo(SecretErrorCode.InvalidArgument));
                Assert.That(e.ToString(), Does.Not.Contain(canary));
            }
        }
    }

    [Test]
    public async Task What_dotenv_cannot_hold_exactly_is_refused_by_its_name()
    {
        SecretProperties properties = new(SecretAddress.Public("db"), default);
        Secret[] unfit =
        [
            Made("db", []),
            Made("db", Platform.Pair("x", "")),
            new(properties with { Description = "a\0b" }, Platform.Pair("x")),
            new(properties with { Tags = new Dictionary<string, string> { ["a"] = "\0" } }, Platform.Pair("x")),
        ];
        foreach (Secret secret in unfit)
        {
            SecretException error = await Platform.RefusedAsync(SecretErrorCode.Unsupported, () => Task.FromResult(SecretExchange.ExportAll([secret], Dotenv)));
            Assert.That(error.Reason, Is.EqualTo("format"));
            Assert.That(error.Message, Does.Contain("'db'").And.Contain("JSON or YAML"));
        }
    }

    [Test]
    public async Task An_import_with_one_bad_name_or_key_writes_nothing()
    {
        await using Platform platform = new();
        foreach (string bad in new[] { "{\"a\": {\"k\": \"1\"}, \"no name\": {\"k\": \"1\"}}", "{\"a\": {\"k\": \"1\"}, \"b\": {\"no key\": \"1\"}}", "{\"a\": {\"k\": \"1\"}, \"b\": {}}" })
        {
            await Platform.RefusedAsync(SecretErrorCode.InvalidArgument, () => platform.Client.ImportSecretsAsync(SecretExchange.ImportAll(SecretValue.FromString(bad))).AsTask());
            Assert.That(platform.Store.Calls.Count(InMemoryOperation.Write), Is.Zero);
        }
    }

    [Test]
    public async Task A_store_goes_through_each_format_into_another_and_is_the_same([Values(Json, Yaml, Dotenv)] SecretExchangeFormat format)
    {
        await using Platform from = new();
        await using Platform to = new();
        await from.Client.CreateSecretAsync("db", new SecretValues { ["user"] = "ada\n", ["keytab"] = SecretValue.FromBytes([0xFF, 0]) }, new CreateSecretOptions { Scope = SecretScope.Project("churn"), Tags = { ["a b"] = "\u00e9" } });
        await from.Client.CreateSecretAsync("db", Platform.Pair("team"));
        await from.Client.CreateSecretAsync("db", Platform.Pair("mine"), Platform.Private);
        SecretValue document = await from.Client.ExportSecretsAsync(["*"], format);
        await to.Client.ImportSecretsAsync(SecretExchange.ImportAll(document, format));
        Assert.That((await to.Client.ExportSecretsAsync(["*"], format)).RevealString(), Is.EqualTo(document.RevealString()));
        Assert.That((await from.Client.ExportSecretsAsync(["*"], format, SecretVisibility.Private)).RevealString(), Does.Contain("mine").And.Not.Contain("churn"));
    }

    private static string[] Read(string text, SecretExchangeFormat format) => [.. SecretExchange.ImportAll(SecretValue.FromString(text), format)
        .Select(item => $"{item.Options.Scope} {item.Options.Visibility.ToString().ToLowerInvariant()} {item.Name}: {string.Join(' ', item.Values.Select(pair => $"{pair.Key}={pair.Value.RevealString()}"))}")];

    private static Secret Made(string name, SecretValues values) => new(new SecretProperties(SecretAddress.Public(name), default), values);

    private static Secret[] Some(Random random)
    {
        HashSet<SecretAddress> places = [];
        int count = random.Next(0, 8);
        while (places.Count < count)
            places.Add(new SecretAddress(Pick(random, Scopes), random.Next(3) == 0 ? "ada" : null, Name(random)));
        return [.. places.Select(place => new Secret(Properties(random, place), Pairs(random)))];
    }

    private static SecretProperties Properties(Random random, SecretAddress place) => new(place, default)
    {
        Type = random.Next(3) == 0 ? Pick(random, Texts) : null,
        Description = random.Next(3) == 0 ? Pick(random, Texts) : null,
        ExpiresOn = random.Next(3) == 0 ? DateTimeOffset.UnixEpoch.AddTicks(random.NextInt64(3_000_000_000_000_000_000 / 2)) : null,
        Tags = Enumerable.Range(0, random.Next(0, 3)).ToDictionary(i => $"{Pick(random, Names)}{Pick(random, Texts)}{i}", _ => Pick(random, Texts)),
    };

    private static SecretValues Pairs(Random random)
    {
        SecretValues values = [];
        for (int i = random.Next(1, 5); i > 0; i--)
            values[random.Next(3) == 0 ? SecretProperties.SingleKey : random.Next(4) == 0 ? "\u043a \u00e9=\n" : Name(random)] = Value(random);
        return values;
    }

    private static SecretValue Value(Random random)
    {
        if (random.Next(2) == 0) return SecretValue.FromString(Pick(random, Texts) + Pick(random, Texts) + (random.Next(6) == 0 ? "\0" : ""));
        byte[] bytes = new byte[random.Next(0, 40)];
        random.NextBytes(bytes);
        return SecretValue.FromBytes(bytes);
    }

    // What could be taken for an escape, a separator or a part of one, in every order.
    private static string Name(Random random) => random.Next(2) == 0 ? Pick(random, Names) : string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => "_xX0041bF-\u00e9"[random.Next(11)]));

    private static T Pick<T>(Random random, T[] of) => of[random.Next(of.Length)];

    private static string Shown(Secret secret) => Shown(
        secret.Name, secret.Properties.Scope, secret.Properties.Visibility, secret.Properties.Type, secret.Properties.Description, secret.Properties.ExpiresOn, secret.Properties.Tags, secret.Values);

    private static string Shown(SecretImport import) => Shown(
        import.Name, import.Options.Scope, import.Options.Visibility, import.Options.Type, import.Options.Description, import.Options.ExpiresOn, import.Options.Tags, import.Values);

    private static string Shown(
        string name, SecretScope scope, SecretVisibility visibility, string? type, string? description, DateTimeOffset? expires, IEnumerable<KeyValuePair<string, string>> tags, IEnumerable<KeyValuePair<string, SecretValue>> values)
    {
        StringBuilder text = new();
        foreach (string? part in (string?[])[name, $"{scope}", $"{visibility}", type, description, $"{expires:O}", .. tags.SelectMany(tag => (string[])[tag.Key, tag.Value])])
            text.Append(part is null ? "-" : Convert.ToHexString(Encoding.UTF8.GetBytes(part))).Append(' ');
        foreach ((string key, SecretValue value) in values)
            text.Append(Convert.ToHexString(Encoding.UTF8.GetBytes(key))).Append('=').Append(Convert.ToHexString(value.RevealBytes())).Append(' ');
        return text.ToString();
    }
}
