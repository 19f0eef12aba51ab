using Secrets.Cli.Commands;
using Secrets.Cli.Hosting;
using Secrets.Cli.Tests.Scripting;

namespace Secrets.Cli.Tests;

/// <summary>What <c>rollback</c> and <c>destroy</c> do where a script cannot bring the store.</summary>
public sealed class VersionCommandTests
{
    private static readonly SecretAddress Db = SecretAddress.Public("db");

    [Test]
    public async Task A_pending_version_is_made_current_by_its_number()
    {
        await using InMemorySecretStore store = new();
        await WriteAsync(store, pending: false);
        string pending = await WriteAsync(store, pending: true);
        Assert.That(await RunAsync(store, "rollback", "db", "--to", pending), Is.EqualTo((0, $"'db' (team, public) is at version {pending} now\n", "")));
    }

    [Test]
    public async Task Where_a_store_destroys_no_versions_it_is_said_and_nothing_is_lost()
    {
        await using InMemorySecretStore store = new(new InMemorySecretStoreOptions { Features = InMemorySecretStoreOptions.AllFeatures & ~SecretStoreFeatures.DestroyVersion });
        string old = await WriteAsync(store, pending: false);
        await WriteAsync(store, pending: false);
        (int code, string output, string errors) = await RunAsync(store, "destroy", "db", old, "-y");
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain("DestroyVersion"));
        Assert.That((await RunAsync(store, "get", "db", "--version", old)).Code, Is.Zero);
    }

    [Test]
    public async Task The_one_that_scope_and_visibility_name_is_destroyed_and_no_other()
    {
        await using InMemorySecretStore store = new();
        SecretAddress mine = SecretAddress.Private(SecretScope.Team, "ada", "db");
        foreach (SecretAddress address in new[] { Db, mine, Db, mine })
            await WriteAsync(store, pending: false, address);
        string old = (await store.ListVersionsAsync(Db, null, default)).Items[^1].Version.Value;
        Assert.That((await RunAsync(store, "destroy", "db", old, "-y", "--private=false", "--format", "csv")).Output, Is.EqualTo($"DESTROYED,NAME,SCOPE,VISIBILITY\n{old},db,team,public\n"));
        Assert.That((await store.ListVersionsAsync(Db, null, default)).Items.Select(version => version.State), Is.EqualTo(new[] { SecretVersionState.Current, SecretVersionState.Destroyed }));
        Assert.That((await store.ListVersionsAsync(mine, null, default)).Items.Select(version => version.State), Has.None.EqualTo(SecretVersionState.Destroyed));
    }

    private static async Task<string> WriteAsync(InMemorySecretStore store, bool pending, SecretAddress? address = null)
    {
        SecretWrite write = new(new SecretProperties(address ?? Db, default), new SecretValues { ["key"] = "not-a-real-one" }) { Pending = pending };
        return (await store.WriteAsync(write, default)).Version.Value;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(InMemorySecretStore store, params string[] arguments)
    {
        FakeTerminal terminal = new("", null);
        CommandEnvironment environment = new() { Terminal = terminal, Directory = TestContext.CurrentContext.WorkDirectory, Variable = _ => null, UserName = "ada", UseStore = secrets => secrets.UseInMemory(store) };
        int code = await SecretsCommandLine.RunAsync(arguments, environment);
        return (code, terminal.OutText, terminal.ErrorText);
    }
}
