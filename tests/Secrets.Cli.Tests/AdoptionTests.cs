using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests;

/// <summary><c>scan --adopt</c> that stops half-way: nothing is lost, and the same line again finishes it.</summary>
public sealed class AdoptionTests
{
    private const string Settings = """{ "Mlflow": { "Password": "canary-one" }, "Db": { "Password": "canary-two" } }""";
    private const string Adopted = """{ "Mlflow": { "Password": "{{mlflow.password}}" }, "Db": { "Password": "{{db.password}}" } }""";

    [Test]
    public async Task A_store_that_fails_at_the_second_value_leaves_the_file_as_it_was_and_the_next_run_finishes()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("app.json", Settings);
        await using InMemorySecretStore store = new();
        store.Faults.Add(new InMemoryFault(SecretErrorCode.Unavailable) { Operation = InMemoryOperation.Write, Address = SecretAddress.Public("db") });

        (int code, string errors) = await AdoptAsync(directory, store);
        Assert.That(code, Is.EqualTo(6), errors);
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(Settings));
        Assert.That(Directory.GetFiles(directory.Path), Is.EqualTo(new[] { file }), "no backup, and nothing half-written");

        store.Faults.Clear();
        (code, errors) = await AdoptAsync(directory, store);
        Assert.That(code, Is.Zero, errors);
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(Adopted));
        Assert.That(await File.ReadAllTextAsync(file + ".before-adopt"), Is.EqualTo(Settings));
    }

    [Test]
    public async Task A_backup_that_is_there_is_not_overwritten_and_the_file_stays()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("app.json", Settings);
        directory.Write("app.json.before-adopt", "of an earlier time");
        await using InMemorySecretStore store = new();

        (int code, string errors) = await AdoptAsync(directory, store);

        Assert.That(code, Is.EqualTo(7), errors);
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(Settings));
        Assert.That(await File.ReadAllTextAsync(file + ".before-adopt"), Is.EqualTo("of an earlier time"));
    }

    [Test]
    public async Task Another_value_under_the_name_in_the_store_changes_nothing_on_either_side()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("app.json", Settings);
        await using InMemorySecretStore store = new();
        store.Put(SecretAddress.Public("db"), new SecretValues { ["password"] = "somebody's" });

        (int code, string errors) = await AdoptAsync(directory, store);

        Assert.That(code, Is.EqualTo(7), errors);
        Assert.That(errors, Does.Contain("'db.password'").And.Not.Contain("canary").And.Not.Contain("somebody's"));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo(Settings));
    }

    private static async Task<(int Code, string Errors)> AdoptAsync(TemporaryDirectory directory, InMemorySecretStore store)
    {
        FakeTerminal terminal = new("", null);
        int code = await SecretsCommandLine.RunAsync(["scan", "app.json", "--adopt"], new CommandEnvironment
        {
            Terminal = terminal,
            Directory = directory.Path,
            Variable = _ => null,
            UserName = "ada",
            UseStore = secrets => secrets.UseInMemory(store),
        });
        return (code, terminal.ErrorText);
    }
}
