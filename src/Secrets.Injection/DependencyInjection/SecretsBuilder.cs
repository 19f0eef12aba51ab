using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Secrets;

/// <summary>
/// Puts one client together. Hosts use <c>AddSecrets</c> and programs <see cref="SecretsClient.Create"/>; this type is for those who build
/// a host integration of their own.
/// </summary>
/// <remarks>
/// The client's services are a collection of its own, so that configuration can build the client before the host's container exists. A store's
/// factory sees them first, then the host's services where there is a host. Used by one thread until the client is built; then
/// <see cref="GetOrBuild"/> is safe from any thread.
/// </remarks>
public sealed class SecretsBuilder : ISecretsBuilder
{
    private readonly List<Func<IServiceProvider, ISecretStore>> _stores = [];
    private readonly DeferredLoggerFactory _logging = new();
    private readonly Lock _gate = new();
    private SecretsClient? _built;

    /// <summary>Makes an empty builder.</summary>
    /// <param name="clientName">The client's name for keyed dependency injection; null for the default client.</param>
    public SecretsBuilder(string? clientName = null)
    {
        ClientName = clientName;
        Services.AddOptions();
        Services.AddSingleton<ILoggerFactory>(_logging);
        Services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        ClientAssembly.AddParts(Services);
    }

    /// <inheritdoc/>
    public string? ClientName { get; }

    /// <inheritdoc/>
    public IServiceCollection Services { get; } = new ServiceCollection();

    /// <summary>Whether a store was named.</summary>
    internal bool HasStore => _stores.Count > 0;

    /// <summary>Raised right before the client is built: the last moment to add what settings say and code did not.</summary>
    internal event Action<SecretsBuilder>? Building;

    /// <inheritdoc/>
    public ISecretsBuilder UseStore(Func<IServiceProvider, ISecretStore> createStore)
    {
        ArgumentNullException.ThrowIfNull(createStore);
        _stores.Add(createStore);
        return this;
    }

    /// <summary>
    /// The builder that is registered in a host's services under a name, made and registered if there is none yet. Several registrations of
    /// one client thereby add up.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="clientName">The client's name; null for the default client.</param>
    /// <returns>The builder, and whether it was made by this call.</returns>
    public static (SecretsBuilder Builder, bool IsNew) GetOrAdd(IServiceCollection services, string? clientName = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        foreach (ServiceDescriptor service in services)
        {
            if (!service.IsKeyedService && service.ImplementationInstance is SecretsBuilder known && string.Equals(known.ClientName, clientName, StringComparison.Ordinal))
                return (known, false);
        }

        SecretsBuilder builder = new(clientName);
        services.AddSingleton(builder);
        return (builder, true);
    }

    /// <summary>
    /// The one client of this builder, built at the first call: by configuration before the host's container exists (without
    /// <paramref name="host"/>), or by the container. A later call with a host attaches its logging to the client that is there.
    /// </summary>
    /// <param name="host">The host's services; null if they do not exist yet.</param>
    /// <returns>The client. Whoever builds the host sees to its disposal; the host's container does.</returns>
    /// <exception cref="SecretException">As for <see cref="Build"/>.</exception>
    public SecretsClient GetOrBuild(IServiceProvider? host = null)
    {
        lock (_gate)
        {
            AttachLogging(host);
            return _built ??= Build(host);
        }
    }

    /// <summary>Builds a new client, with stores of its own.</summary>
    /// <param name="host">The host's services, which stores see after the client's own; null for none.</param>
    /// <returns>The client; the caller disposes it.</returns>
    /// <exception cref="SecretException">
    /// <see cref="SecretErrorCode.InvalidArgument"/>: no store was named (<c>no-store</c>), or an option is out of range (<c>options</c>); or a store cannot be opened.
    /// </exception>
    public SecretsClient Build(IServiceProvider? host = null)
    {
        Building?.Invoke(this);
        if (!HasStore)
            throw ClientErrors.Invalid("no-store", "The secrets client has no store. Name one on the builder: UseEncryptedFile(\"app.secrets\"), UseInMemory(), or another Use... method.");
        AttachLogging(host);
        ServiceProvider own = Services.BuildServiceProvider();
        try
        {
            return ClientAssembly.Assemble(own, host is null ? own : new LayeredServices(own, host), _stores);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Sends what the client and its stores log to a host's logging, from now on.</summary>
    /// <param name="loggers">The host's logging.</param>
    public void AttachLogging(ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        _logging.Attach(loggers);
    }

    private void AttachLogging(IServiceProvider? host)
    {
        if (host?.GetService<ILoggerFactory>() is { } loggers) _logging.Attach(loggers);
    }
}
