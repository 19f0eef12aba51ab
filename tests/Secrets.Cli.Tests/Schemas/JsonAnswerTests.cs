using System.CommandLine;
using System.Text.Json.Nodes;
using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Documentation;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests.Schemas;

/// <summary>What <c>--format json</c> answers is what <c>docs/cli-json.schema.json</c> says, for every command that has an answer.</summary>
public sealed class JsonAnswerTests
{
    // What these answer is not a document about secrets: a program's own output, a resolved text, a script, a page, the pairs of one secret, a list of commands.
    private static readonly string[] WithoutSchema = ["run", "mount", "inject", "completion", "man", "export", "store"];

    // Every command, and each shape that its answer can take.
    private static readonly string[] Session =
    [
        "init",
        "create db --values @db.json --description orders --tag team=data --expires 30d",
        "create db --private --from-file db.env",
        "create my-s3 --type s3 --config-file aws/config --credentials-file aws/credentials",
        "set TOKEN value=@value.bin",
        "set TOKEN value=@value.txt",
        "get db",
        "get db --reveal",
        "get TOKEN --version 1 --reveal",
        "list",
        "list --columns name,tag:team",
        "list --name startswith:nothing",
        "update db --description now --private=false --visibility public",
        "rename my-s3 other",
        "rotate db --generate PASSWORD",
        "versions TOKEN",
        "rollback TOKEN",
        "destroy TOKEN 2 -y",
        "explain db",
        "explain nobody ?3",
        "types",
        "refs app.json ?5",
        "validate app.json ?5",
        "validate good.json --level SECRET_EXISTS",
        "register good.json",
        "scan plain.json ?5",
        "scan good.json",
        "scan plain.json --adopt",
        "backup all.json --dry-run",
        "backup all.json",
        "restore all.json",
        "restore all.json --dry-run",
        "init second.secrets --key-file second.key",
        "copy --to second.secrets --to-key-file second.key --store app.secrets --dry-run",
        "copy --to second.secrets --to-key-file second.key --store app.secrets",
        "copy nothing* --to second.secrets --to-key-file second.key --store app.secrets ?3",
        "store status --store app.secrets",
        "store verify --store app.secrets",
        "store compact --store app.secrets",
        "store rotate-key --store app.secrets",
        "store slots --store app.secrets",
        "store retention --store app.secrets",
        "store retention --max-versions 2 --max-age 30d --store app.secrets",
        "store status --store app.secrets",
        "store prune -y --store app.secrets",
        "store accept-rollback -y --store app.secrets",
        "delete other -y --store app.secrets",
        "recover other --store app.secrets",
        "purge other -y --store app.secrets",
    ];

    private static readonly JsonObject Schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "cli-json.schema.json")))!.AsObject();

    [Test]
    public async Task Every_answer_is_as_the_schema_says()
    {
        using TemporaryDirectory directory = new();
        Write(directory);
        SchemaCheck check = new(Schema);
        foreach (string line in Session)
        {
            string[] parts = line.Split(" ?");
            FakeTerminal terminal = new("", null);
            CommandEnvironment environment = Surroundings(directory.Path, terminal);

            int code = await SecretsCommandLine.RunAsync([.. parts[0].Split(' '), "--format", "json"], environment);

            Assert.That(code, Is.EqualTo(parts.Length > 1 ? int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 0), $"{line}\n{terminal.OutText}{terminal.ErrorText}");
            Assert.That(check.Faults(CommandOf(parts[0]), JsonNode.Parse(terminal.OutText)), Is.Empty, line);
        }
    }

    [Test]
    public void Every_command_with_an_answer_has_a_definition_and_is_tried()
    {
        string[] commands = [.. Below(SecretsCommandLine.Create(Surroundings("/", new FakeTerminal("", null))), "").Where(name => !WithoutSchema.Contains(name))];

        Assert.That(Schema["$defs"]!.AsObject().Select(definition => definition.Key), Is.EquivalentTo(commands.Append("secret")));
        Assert.That(commands.Except(Session.Select(CommandOf)), Is.Empty);
    }

    [TestCase("purge", """{ "name": 5 }""", "$.name: is integer, not \"string\"")]
    [TestCase("purge", """{ }""", "$: 'name' is missing")]
    [TestCase("purge", """{ "name": "db", "more": 1 }""", "$: 'more' is not in the schema")]
    [TestCase("store compact", """{ "bytesBefore": -1, "bytesAfter": 2 }""", "$.bytesBefore: -1 is less than 0")]
    [TestCase("copy", """[{ "name": "a", "scope": "team", "visibility": "hidden", "outcome": "same" }]""", "$[0].visibility: \"hidden\" is none of [\"public\",\"private\"]")]
    public void The_check_finds_what_is_wrong(string definition, string answer, string fault) =>
        Assert.That(new SchemaCheck(Schema).Faults(definition, JsonNode.Parse(answer)), Is.EqualTo(new[] { fault }));

    private static string CommandOf(string line)
    {
        string[] words = line.Split(' ');
        return words[0] == "store" ? $"store {words[1]}" : words[0];
    }

    private static IEnumerable<string> Below(Command command, string above) => command.Subcommands
        .Where(child => !child.Hidden)
        .SelectMany(child => Below(child, $"{above}{child.Name} ").Prepend(above + child.Name));

    private static void Write(TemporaryDirectory directory)
    {
        directory.Write("db.json", """{ "user": "ada", "password": "canary-password" }""");
        directory.Write("db.env", "PASSWORD=canary-private\n");
        directory.Write("aws/config", "[default]\nregion = eu-west-1\n");
        directory.Write("aws/credentials", "[default]\naws_access_key_id = canary-id\naws_secret_access_key = canary-key\n");
        directory.Write("value.txt", "canary-text");
        File.WriteAllBytes(directory["value.bin"], [0xff, 0x00, 0xfe]);
        directory.Write("good.json", """{ "a": "{{TOKEN.value}}" }""");
        directory.Write("app.json", """{ "a": "{{TOKEN.value}}", "b": "{{TOKEN.nope}}", "c": "{{nobody.key}}", "d": "{{broken" }""");
        directory.Write("plain.json", """{ "Mlflow": { "Password": "canary-plain" } }""");
    }

    private static CommandEnvironment Surroundings(string directory, FakeTerminal terminal) => new()
    {
        Terminal = terminal,
        Directory = directory,
        Variable = name => name == "HOME" ? directory : null,
        UserName = "ada",
        Time = new ManualTimeProvider(DateTimeOffset.UtcNow),
    };
}
