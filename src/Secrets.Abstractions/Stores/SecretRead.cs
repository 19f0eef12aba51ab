namespace Secrets;

/// <summary>One entry of a batch read.</summary>
/// <param name="Address">The secret.</param>
/// <param name="Version">The version to read; null for the current one.</param>
/// <param name="UnlessVersion">
/// What the caller has already: if the secret is still at it, the answer is <see cref="SecretReadStatus.NotModified"/>. A store that cannot
/// tell cheaply may answer <see cref="SecretReadStatus.Found"/> all the same.
/// </param>
public readonly record struct SecretRead(SecretAddress Address, SecretVersion? Version = null, SecretVersion? UnlessVersion = null);
