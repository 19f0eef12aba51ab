using Microsoft.Extensions.Configuration;
using Secrets.Injection.Tests.References;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Validation;

internal sealed class ReferenceSourcesTests
{
    private static readonly SecretOptionsShape<Database> DatabaseShape = new SecretOptionsShape<Database>()
        .Text(nameof(Database.Password), database => database.Password);

    private static readonly SecretOptionsShape<Mlflow> MlflowShape = new SecretOptionsShape<Mlflow>()
        .Text(nameof(Mlflow.Uri), options => options.Uri)
        .Object(nameof(Mlflow.Database), options => options.Database, DatabaseShape)
        .Objects(nameof(Mlflow.Replicas), options => options.Replicas, DatabaseShape)
        .Texts(nameof(Mlflow.Hosts), options => options.Hosts)
        .Map(nameof(Mlflow.Headers), options => options.Headers);

    private static FewSecrets Client => new FewSecrets().With("db", new() { ["user"] = "ada" });

    [Test]
    public async Task Everything_collected_is_one_report()
    {
        using TemporaryDirectory directory = new();
        string json = Path.Combine(directory.Path, "job.json");
        string yaml = Path.Combine(directory.Path, "job.yaml");
        File.WriteAllText(json, "{\n  \"a\": \"{{db.nope}}\"\n}");
        File.WriteAllText(yaml, "a: {{db.user}}\nb: {{oops}}\n");
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mlflow:Token"] = "$<NO_TOKEN>", ["NLog:layout"] = "${longdate}",
        }).Build();
        SecretReferenceSources sources = new SecretReferenceSources()
            .AddFile(json)
            .AddFile(yaml)
            .AddConfiguration(configuration)
            .AddText("<<db.nope>>", "argument")
            .AddTemplates(SecretTemplate.Parse("{{db.user}}"))
            .AddComponents(new SecretComponent("tracker", new Dictionary<string, object?> { ["password"] = "{{db.nope}}" }))
            .AddDictionary("stack", new Dictionary<string, object?> { ["nested"] = new Dictionary<string, object?> { ["key"] = "{{gone.key}}" } });

        SecretValidationReport report = await Client.ValidateAsync(sources);

        Assert.Multiple(() =>
        {
            Assert.That(report.Problems.Select(problem => problem.QualifiedName), Is.EqualTo(new[] { yaml, "db.nope", "NO_TOKEN", "gone.key" }));
            Assert.That(report.Problems[0].Message, Does.StartWith($"{yaml}:2:10: "));
            Assert.That(report.Problems[1].Places.Select(place => place.ToString()), Is.EqualTo(new[] { $"{json}:2:9", "argument", "tracker.password" }));
            Assert.That(report.Problems[2].Places.Single().ToString(), Is.EqualTo("Mlflow:Token"));
            Assert.That(report.Problems[3].Places.Single().ToString(), Is.EqualTo("stack.nested.key"));
            Assert.That(report.ReferenceCount, Is.EqualTo(8));
        });
    }

    [TestCase("job.yaml", "a: {{no.one}} {{oops}}\nb: [{{x .y}}, {{no.two}}]\n", "1:21", "2:9")]
    [TestCase("job.json", "[\"{{no.one}} {{oops}}\",\n\"{{x .y}}{{no.two}}\"]", "1:20", "2:6")]
    [TestCase(".env", "A={{no.one}} {{oops}}\nB=\"{{x .y}}{{no.two}}\"\n", "1:20", "2:8")]
    [TestCase("job.txt", "{{no.one}} {{oops}}\n{{x .y}}{{no.two}}", "1:18", "2:5")]
    public async Task One_look_at_a_file_tells_all_that_is_wrong_with_it(string name, string text, params string[] malformed)
    {
        using TemporaryDirectory directory = new();
        string path = Path.Combine(directory.Path, name);
        File.WriteAllText(path, text);

        SecretValidationReport report = await Client.ValidateAsync(new SecretReferenceSources().AddFile(path));

        Assert.That(report.Problems.Take(2).Select(problem => problem.Message[..problem.Message.IndexOf(": ", StringComparison.Ordinal)]), Is.EqualTo(malformed.Select(place => $"{path}:{place}")));
        Assert.That(report.Problems.Skip(2).Select(problem => problem.QualifiedName), Is.EqualTo(new[] { "no.one", "no.two" }));
    }

    [Test]
    public async Task Options_are_read_as_their_shape_says()
    {
        Mlflow options = new()
        {
            Uri = "{{a.k}}", Ignored = "{{b.k}}", Database = new() { Password = "{{c.k}}" }, Replicas = [new(), new() { Password = "{{d.k}}" }],
            Hosts = [null, "{{e.k}}"], Headers = new() { ["auth"] = "{{f.k}}" },
        };

        SecretValidationReport report = await Client.ValidateAsync(new SecretReferenceSources().AddOptions(options, MlflowShape));

        Assert.That(report.Problems.Select(problem => $"{problem.QualifiedName} at {problem.Places.Single()}"), Is.EqualTo(new[]
        {
            "a.k at Mlflow:Uri", "c.k at Mlflow:Database:Password", "d.k at Mlflow:Replicas:1:Password", "e.k at Mlflow:Hosts:1", "f.k at Mlflow:Headers:auth",
        }));
    }

    [Test]
    public void Options_that_hold_themselves_come_to_an_end()
    {
        SecretOptionsShape<Node> shape = new();
        shape.Text(nameof(Node.Text), node => node.Text).Object(nameof(Node.Next), node => node.Next, shape);
        Node first = new() { Text = "{{a.b}}" };
        first.Next = new Node { Text = "{{c.d}}", Next = first };

        Assert.That(new SecretReferenceSources().AddOptions(first, shape).References, Has.Count.EqualTo(2));
    }

    [Test]
    public void Attributes_that_hold_themselves_are_refused()
    {
        Dictionary<string, object?> cycle = [];
        cycle["self"] = cycle;

        Assert.That(() => new SecretReferenceSources().AddDictionary("x", cycle), Throws.TypeOf<SecretException>().With.Property(nameof(SecretException.Reason)).EqualTo("attributes"));
    }

    [Test]
    public void A_file_that_is_not_there_is_an_error_that_names_it() => Assert.That(
        () => new SecretReferenceSources().AddFile("no-such-file.env"),
        Throws.TypeOf<SecretException>().With.Message.Contains("no-such-file.env").And.Property(nameof(SecretException.Reason)).EqualTo("file"));

    private sealed class Mlflow
    {
        public string? Uri { get; set; }

        public string? Ignored { get; set; }

        public Database? Database { get; set; }

        public List<Database> Replicas { get; set; } = [];

        public List<string?> Hosts { get; set; } = [];

        public Dictionary<string, string> Headers { get; set; } = [];
    }

    private sealed class Database
    {
        public string? Password { get; set; }
    }

    private sealed class Node
    {
        public string? Text { get; set; }

        public Node? Next { get; set; }
    }
}
