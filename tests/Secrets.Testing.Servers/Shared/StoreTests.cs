namespace Secrets.Tests;

/// <summary>A server for the class and a store for each test. The cloud's own kinds are aliases of its test project.</summary>
public abstract class StoreTests
{
    protected static readonly SecretAddress Db = SecretAddress.Public("db");

    protected CloudServer Server { get; private set; } = null!;

    protected CloudStore Store { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Server = await CloudTestStore.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await Server.DisposeAsync();

    [SetUp]
    public void OpenStore()
    {
        Server.Clear();
        Store = CloudTestStore.Open(Server);
    }

    [TearDown]
    public async Task CloseStoreAsync() => await Store.DisposeAsync();

    protected int Count(string operation) => Server.Calls.Count(call => call.Operation == operation);

    protected Task<SecretProperties> WriteAsync(string name, SecretValues values) => WriteAsync(SecretAddress.Public(name), values);

    protected async Task<SecretProperties> WriteAsync(SecretAddress address, SecretValues values) =>
        await Store.WriteAsync(new SecretWrite(new SecretProperties(address, default), values), default);

    protected Task<SecretReadResult> ReadOneAsync(string name, string? version = null) => ReadOneAsync(Store, name, version);

    protected static async Task<SecretReadResult> ReadOneAsync(ISecretStore store, string name, string? version = null) =>
        (await store.ReadAsync([new SecretRead(SecretAddress.Public(name), version is null ? null : new SecretVersion(version))], default))[0];

    protected async Task<IReadOnlyList<SecretReadResult>> ReadManyAsync(params string[] names) =>
        await Store.ReadAsync([.. names.Select(name => new SecretRead(SecretAddress.Public(name)))], default);

    protected Task<Secret> ReadAsync(string name, string? version = null) => ReadAsync(SecretAddress.Public(name), version);

    protected async Task<Secret> ReadAsync(SecretAddress address, string? version = null)
    {
        SecretReadResult result = (await Store.ReadAsync([new SecretRead(address, version is null ? null : new SecretVersion(version))], default))[0];
        Assert.That(result.Status, Is.EqualTo(SecretReadStatus.Found), result.Error?.Message);
        return result.Secret!;
    }
}
