using Microsoft.Extensions.DependencyInjection;

namespace Secrets.Providers.EncryptedFile.Tests;

internal sealed class BuilderTests
{
    private StoreBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new StoreBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task UseEncryptedFile_opens_the_store_at_its_first_call()
    {
        await using ISecretStore store = Build($"encrypted-file://{_bench.Path}", createIfMissing: true);
        Assert.That(File.Exists(_bench.Path), Is.False, "Building opens nothing.");
        await store.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
        Assert.That((await store.ReadAsync([new SecretRead(StoreBench.Db)], default))[0].Secret!["value"].RevealString(), Is.EqualTo("value"));
        Assert.That(store.Capabilities.Has(SecretStoreFeatures.Watch | SecretStoreFeatures.Move), Is.True);
    }

    [Test]
    public async Task An_attempt_to_open_that_failed_is_made_again()
    {
        await using ISecretStore store = Build(_bench.Path, createIfMissing: false);
        SecretException missing = Assert.ThrowsAsync<SecretException>(async () => await store.ReadAsync([new SecretRead(StoreBench.Db)], default))!;
        Assert.That(missing.Reason, Is.EqualTo("file-missing"));
        await using (EncryptedFileSecretStore created = await _bench.CreateAsync())
            await created.WriteAsync(StoreBench.Write(StoreBench.Db, "value"), default);
        Assert.That((await store.ReadAsync([new SecretRead(StoreBench.Db)], default))[0].Status, Is.EqualTo(SecretReadStatus.Found));
    }

    [Test]
    public async Task A_store_that_was_never_asked_is_disposed_without_being_opened()
    {
        ISecretStore store = Build(_bench.Path, createIfMissing: true);
        await store.DisposeAsync();
        Assert.That(File.Exists(_bench.Path), Is.False);
        Assert.That(async () => await store.ReadAsync([new SecretRead(StoreBench.Db)], default), Throws.InstanceOf<ObjectDisposedException>());
    }

    private ISecretStore Build(string path, bool createIfMissing)
    {
        Builder builder = new();
        builder.UseEncryptedFile(path, options =>
        {
            options.CreateIfMissing = createIfMissing;
            options.Anchor = _bench.Anchor;
            options.Unlock.Add(UnlockMethod.KeyFile(_bench.KeyPath));
        });
        using ServiceProvider services = builder.Services.BuildServiceProvider();
        return builder.Create!(services);
    }

    private sealed class Builder : ISecretsBuilder
    {
        public string? ClientName => null;

        public IServiceCollection Services { get; } = new ServiceCollection();

        internal Func<IServiceProvider, ISecretStore>? Create { get; private set; }

        public ISecretsBuilder UseStore(Func<IServiceProvider, ISecretStore> createStore)
        {
            Create = createStore;
            return this;
        }
    }
}
