using Microsoft.Extensions.DependencyInjection;

namespace Secrets;

/// <summary>
/// How a host puts a client together. Each store package adds its own <c>Use...</c> extension; <c>Secrets.Injection</c> adds scopes, principal,
/// validation and caching.
/// </summary>
/// <remarks>Used while the host is being built, by one thread.</remarks>
public interface ISecretsBuilder
{
    /// <summary>The client's name (keyed dependency injection); null for the default client.</summary>
    string? ClientName { get; }

    /// <summary>
    /// The services of this client. Private to it where configuration needs secrets before the host's own container exists: what a store
    /// needs from the host is passed to its <c>Use...</c> or registered here.
    /// </summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// Adds a store. Called more than once, the stores form a chain in the order they were added, and a later call never changes an earlier one.
    /// </summary>
    /// <param name="createStore">Makes the store, once, when it is first needed. The client owns and disposes it.</param>
    /// <returns>This builder.</returns>
    ISecretsBuilder UseStore(Func<IServiceProvider, ISecretStore> createStore);
}
