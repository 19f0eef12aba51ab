namespace Secrets;

/// <summary>Something changed in a store.</summary>
/// <param name="Address">What; null if anything may have changed (a reconnect, a replaced file).</param>
/// <param name="Version">The version it is at now, where the store tells; null also for a deletion.</param>
public readonly record struct SecretStoreChange(SecretAddress? Address, SecretVersion? Version = null);
