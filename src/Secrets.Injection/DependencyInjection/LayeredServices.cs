using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>What a store's factory sees: the client's own services first, then the host's.</summary>
internal sealed class LayeredServices(IServiceProvider own, IServiceProvider host) : IServiceProvider, IKeyedServiceProvider
{
    public object? GetService(Type serviceType) =>
        serviceType == typeof(IServiceProvider) ? this : own.GetService(serviceType) ?? host.GetService(serviceType);

    public object? GetKeyedService(Type serviceType, object? serviceKey) =>
        (own as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey) ?? (host as IKeyedServiceProvider)?.GetKeyedService(serviceType, serviceKey);

    public object GetRequiredKeyedService(Type serviceType, object? serviceKey) =>
        GetKeyedService(serviceType, serviceKey) ?? host.GetRequiredKeyedService(serviceType, serviceKey);
}
