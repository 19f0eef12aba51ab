using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests;

/// <summary>A secret is meant by its name, its id or the beginning of its id; what fits several is an error with the candidates.</summary>
public sealed class FindByIdTests
{
    private const string First = "3f2a91c0-0000-4000-8000-000000000001";
    private const string Second = "3f2a91c0-0000-4000-8000-000000000002";
    private const string Third = "beef0000-0000-4000-8000-000000000003";

    [TestCase(First)]
    [TestCase("3f2a91c0-0000-4000-8000-000000000001")]
    [TestCase("3f2a91c0000040008000000000000001")]
    [TestCase("3F2A91C0-0000-4000-8000-000000000001")]
    [Behaviour("Z27", "Z28")]
    public async Task An_id_means_its_secret(string id)
    {
        await using InMemorySecretStore store = await FilledAsync();
        Assert.That(await RunAsync(store, "get", id), Is.EqualTo((0, "'openai-1' (team, public), version 1\nKEY  VALUE\nkey  ***\n", "")));
    }

    [Test]
    [Behaviour("Z26", "Z27", "Z30")]
    public async Task The_beginning_of_an_id_reads_changes_renames_exports_and_deletes()
    {
        await using InMemorySecretStore store = await FilledAsync();
        Assert.That((await RunAsync(store, "get", "beef")).Output, Does.StartWith("'db' (team, public)"));
        Assert.That((await RunAsync(store, "update", "beef0000", "-r", "key", "--values", "{\"user\": \"ada\"}")).Output, Does.StartWith("Updated 'db'"));
        Assert.That((await RunAsync(store, "rename", "beef0000", "orders")).Output, Is.EqualTo("Renamed 'beef0000' to 'orders' (team, public)\n"));
        Assert.That((await RunAsync(store, "export", "beef0000", "-o", "-")).Output, Is.EqualTo("user: \"ada\"\n"));
        Assert.That((await RunAsync(store, "versions", "beef0000", "--format", "tsv")).Output.Split('\n'), Has.Length.EqualTo(5), "A head, three versions, the last line's end.");
        Assert.That((await RunAsync(store, "delete", "beef0000", "-y")).Output, Is.EqualTo("Deleted team secret 'orders'\n"));

        foreach (string[] command in (string[][])[["get", "3f2a"], ["update", "3f2a91c0", "--description", "x"], ["rename", "3f2a91c0", "x"], ["delete", "3f2a91c0", "-y"], ["export", "3f2a91c0"]])
        {
            (int code, string output, string error) = await RunAsync(store, command);
            Assert.That((code, output), Is.EqualTo((ExitCode.Usage, "")), error);
            Assert.That(error, Does.Contain("fits 2 secrets").And.Contain($"{First} 'openai-1'").And.Contain($"{Second} 'openai-2'"));
        }
    }

    [Test]
    [Behaviour("Z24", "Z28")]
    public async Task An_id_of_the_other_visibility_or_scope_means_nothing()
    {
        await using InMemorySecretStore store = await FilledAsync();
        Assert.That((await RunAsync(store, "get", First, "--private")).Code, Is.EqualTo(ExitCode.NotFound));
        Assert.That((await RunAsync(store, "get", First, "--private=false")).Code, Is.Zero);
        Assert.That((await RunAsync(store, "get", First, "--scope", "project:churn")).Code, Is.EqualTo(ExitCode.NotFound));
        Assert.That((await RunAsync(store, "get", "3f2")).Code, Is.EqualTo(ExitCode.NotFound), "Three chars hit something sooner or later.");
        Assert.That((await RunAsync(store, "get", "dead")).Code, Is.EqualTo(ExitCode.NotFound));
    }

    [Test]
    [Behaviour("Z25", "Z30")]
    public async Task The_beginning_of_a_name_is_for_people_who_read_only()
    {
        await using InMemorySecretStore store = await FilledAsync();
        await store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public("mlflow_secret"), default), Pair), default);
        Assert.That((await RunAtTerminalAsync(store, "get", "mlfl")).Output, Does.StartWith("'mlflow_secret'"));
        Assert.That((await RunAtTerminalAsync(store, "get", "openai")).Error, Does.Contain("'openai-1'").And.Contain("'openai-2'"));
        Assert.That((await RunAsync(store, "get", "mlfl")).Code, Is.EqualTo(ExitCode.NotFound), "A program is not to be given another secret for a typing error.");
        Assert.That((await RunAtTerminalAsync(store, "update", "mlfl", "--description", "x")).Code, Is.EqualTo(ExitCode.NotFound));
        Assert.That((await RunAtTerminalAsync(store, "delete", "mlfl", "-y")).Code, Is.EqualTo(ExitCode.NotFound));
        Assert.That((await RunAtTerminalAsync(store, "rename", "mlfl", "x")).Code, Is.EqualTo(ExitCode.NotFound));
    }

    [Test]
    [Behaviour("Z29")]
    public async Task A_secret_without_keys_is_shown_with_a_warning()
    {
        await using InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("empty"), []);
        Assert.That(await RunAsync(store, "get", "empty"), Is.EqualTo((0, "'empty' (team, public), version 1\nKEY  VALUE\n", "secrets: the secret 'empty' has no keys.\n")));
    }

    private static SecretValues Pair => new() { ["key"] = "not-a-real-one" };

    private static async Task<InMemorySecretStore> FilledAsync()
    {
        InMemorySecretStore store = new();
        foreach ((string name, string id) in new[] { ("openai-1", First), ("openai-2", Second), ("db", Third) })
            await store.WriteAsync(new SecretWrite(new SecretProperties(SecretAddress.Public(name), default) { Id = Guid.Parse(id) }, Pair), default);
        return store;
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(InMemorySecretStore store, params string[] arguments) => RunAsync(store, null, arguments);

    private static Task<(int Code, string Output, string Error)> RunAtTerminalAsync(InMemorySecretStore store, params string[] arguments) => RunAsync(store, new Queue<string>(), arguments);

    private static async Task<(int Code, string Output, string Error)> RunAsync(InMemorySecretStore store, Queue<string>? answers, string[] arguments)
    {
        FakeTerminal terminal = new("", answers);
        CommandEnvironment environment = new() { Terminal = terminal, Directory = TestContext.CurrentContext.WorkDirectory, Variable = _ => null, UserName = "ada", UseStore = secrets => secrets.UseInMemory(store) };
        int code = await SecretsCommandLine.RunAsync(arguments, environment);
        return (code, terminal.OutText, terminal.ErrorText);
    }
}
