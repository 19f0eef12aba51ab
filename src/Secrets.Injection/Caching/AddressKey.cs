namespace Secrets;

/// <summary>The whole identity of a cached value inside one client: scope, owner, name, and version (null for the current one).</summary>
internal readonly record struct AddressKey(SecretAddress Address, SecretVersion? Version);
