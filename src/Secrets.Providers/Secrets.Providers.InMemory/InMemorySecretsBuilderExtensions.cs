namespace Secrets;

/// <summary>Adds the in-memory store to a client.</summary>
public static class InMemorySecretsBuilderExtensions
{
    /// <summary>Adds a new, empty store in memory. The client owns it.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">What the store is like; null for one that can do everything.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseInMemory(this ISecretsBuilder builder, Action<InMemorySecretStoreOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        InMemorySecretStoreOptions options = new();
        configure?.Invoke(options);
        return builder.UseStore(_ => new InMemorySecretStore(options));
    }

    /// <summary>Adds a store that the caller has made and keeps: several clients may share it, and none disposes it.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="store">The store.</param>
    /// <returns>The builder.</returns>
    public static ISecretsBuilder UseInMemory(this ISecretsBuilder builder, InMemorySecretStore store)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(store);
        return builder.UseStore(_ => new BorrowedSecretStore(store));
    }
}
