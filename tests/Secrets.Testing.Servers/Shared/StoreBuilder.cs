using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Secrets.Tests;

/// <summary>As much of a client's builder as a store's settings need.</summary>
internal sealed class StoreBuilder : ISecretsBuilder
{
    private Func<IServiceProvider, ISecretStore>? _create;

    public string? ClientName => null;

    public IServiceCollection Services { get; } = new ServiceCollection();

    public static ISecretStore Open(Action<ISecretsBuilder> use)
    {
        StoreBuilder builder = new();
        use(builder);
        return builder._create!(builder.Services.BuildServiceProvider());
    }

    public static IConfiguration Section(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).Build();

    public ISecretsBuilder UseStore(Func<IServiceProvider, ISecretStore> createStore)
    {
        _create = createStore;
        return this;
    }
}
