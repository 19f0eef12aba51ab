using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;
using Secrets.Testing;

namespace Secrets.Cli.Tests;

/// <summary>How much <c>key=@file</c> takes: what the store takes, and not a byte more.</summary>
public sealed class FileLimitTests
{
    [TestCase(10_240, 0)]
    [TestCase(10_241, 0)]
    [TestCase(20_000, 0)]
    // The store counts the name of the key, too: three bytes.
    [TestCase(20_001, 2)]
    [Behaviour("Z08")]
    public async Task A_file_is_as_long_as_the_store_takes(int length, int exitCode)
    {
        using TemporaryDirectory directory = new();
        directory.Write("value.txt", new string('x', length));
        await using InMemorySecretStore store = new(new InMemorySecretStoreOptions { MaxValueBytes = 20_000 + "key".Length });
        FakeTerminal terminal = new("", null);
        CommandEnvironment environment = new() { Terminal = terminal, Directory = directory.Path, Variable = _ => null, UserName = "ada", UseStore = secrets => secrets.UseInMemory(store) };

        int code = await SecretsCommandLine.RunAsync(["create", "db", "key=@value.txt"], environment);

        Assert.That(code, Is.EqualTo(exitCode), terminal.ErrorText);
        Assert.That(terminal.ErrorText, exitCode == 0 ? Is.Empty : Does.Contain("'db'").And.Contain("20004").And.Contain("20003").And.Not.Contain("xxx"));
    }
}
