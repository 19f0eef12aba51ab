using Microsoft.Extensions.DependencyInjection;
using Secrets.Testing;

namespace Secrets.Injection.Tests.Client;

/// <summary>A client over an in-memory store, on a clock that a test moves. By default Ada, an admin, at team scope; the store tells of no changes.</summary>
internal sealed class ClientRig : IAsyncDisposable
{
    internal const SecretStoreFeatures NoWatch = InMemorySecretStoreOptions.AllFeatures & ~SecretStoreFeatures.Watch;

    internal ClientRig(Action<InMemorySecretStoreOptions>? store = null, Action<ISecretsBuilder>? client = null)
    {
        InMemorySecretStoreOptions options = new() { TimeProvider = Time, Features = NoWatch };
        store?.Invoke(options);
        Store = new InMemorySecretStore(options);
        Client = SecretsClient.Create(builder =>
        {
            OnClock(builder).UseInMemory(Store).ActAs("ada", SecretRole.Admin);
            client?.Invoke(builder);
        });
    }

    internal ManualTimeProvider Time { get; } = new();

    internal InMemorySecretStore Store { get; }

    internal SecretsClient Client { get; }

    internal static SecretPrincipal Ada { get; } = new("ada", SecretRole.Admin);

    internal static SecretPrincipal Bob { get; } = new("bob", SecretRole.Member);

    internal long Reads => Store.Calls.Count(InMemoryOperation.Read);

    internal static SecretValues Key(string value) => new() { ["key"] = value };

    internal static string KeyOf(Secret secret) => secret["key"].RevealString();

    internal void Put(string name, string value) => Store.Put(SecretAddress.Public(name), Key(value));

    internal void Put(SecretAddress address, string value) => Store.Put(address, Key(value));

    internal async Task<string> ReadAsync(string name) => KeyOf(await Client.GetSecretAsync(name));

    /// <summary>Lets the whole default freshness pass in steps, so that everything that falls due in it has happened.</summary>
    internal void Pass(TimeSpan time)
    {
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
            Time.Advance(TimeSpan.FromSeconds(1));
    }

    internal ISecretsBuilder OnClock(ISecretsBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(new Random(7));
        return builder;
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
