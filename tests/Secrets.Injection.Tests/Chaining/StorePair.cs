using Microsoft.Extensions.DependencyInjection;
using Secrets.Injection.Tests.Client;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Chaining;

/// <summary>A client over two in-memory stores, "one" and "two", put together as a test says.</summary>
internal sealed class StorePair : IAsyncDisposable
{
    internal StorePair(Action<ISecretsBuilder, StorePair> join, SecretStoreFeatures? oneFeatures = null, SecretStoreFeatures? twoFeatures = null)
    {
        One = new InMemorySecretStore(new InMemorySecretStoreOptions { Name = "one", TimeProvider = Time, Features = oneFeatures ?? ClientRig.NoWatch });
        Two = new InMemorySecretStore(new InMemorySecretStoreOptions { Name = "two", TimeProvider = Time, Features = twoFeatures ?? ClientRig.NoWatch });
        Client = SecretsClient.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Time);
            join(builder, this);
        });
    }

    internal ManualTimeProvider Time { get; } = new();

    internal InMemorySecretStore One { get; }

    internal InMemorySecretStore Two { get; }

    internal SecretsClient Client { get; }

    internal static StorePair Chain(bool fallBack = false, SecretStoreFeatures? oneFeatures = null, SecretStoreFeatures? twoFeatures = null) => new(
        (builder, pair) => builder.UseInMemory(pair.One).UseInMemory(pair.Two).ConfigureClient(options => options.FallBackOnOutage = fallBack), oneFeatures, twoFeatures);

    internal static StorePair Mirror() => new((builder, pair) => builder.UseMirrored(first => first.UseInMemory(pair.One), second => second.UseInMemory(pair.Two)));

    internal static SecretVersion Put(InMemorySecretStore store, string name, string value) => store.Put(SecretAddress.Public(name), ClientRig.Key(value)).Version;

    internal static async Task<string?> ValueIn(InMemorySecretStore store, string name) =>
        (await store.ReadAsync([new SecretRead(SecretAddress.Public(name))], CancellationToken.None))[0].Secret is { } secret ? ClientRig.KeyOf(secret) : null;

    internal async Task<string> ReadAsync(string name) => ClientRig.KeyOf(await Client.GetSecretAsync(name));

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
