using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>Lets any <c>Use...</c> method name a store for another purpose than the chain. It shares the client's services.</summary>
internal sealed class OneStoreBuilder(ISecretsBuilder outer) : ISecretsBuilder
{
    private Func<IServiceProvider, ISecretStore>? _createStore;

    public string? ClientName => outer.ClientName;

    public IServiceCollection Services => outer.Services;

    internal Func<IServiceProvider, ISecretStore> Store =>
        _createStore ?? throw ClientErrors.Invalid("no-store", "It takes one store: call one Use... method in it.");

    public ISecretsBuilder UseStore(Func<IServiceProvider, ISecretStore> createStore)
    {
        ArgumentNullException.ThrowIfNull(createStore);
        if (_createStore is not null) throw ClientErrors.Invalid("two-stores", "It takes one store, and two were named.");
        _createStore = createStore;
        return this;
    }
}
