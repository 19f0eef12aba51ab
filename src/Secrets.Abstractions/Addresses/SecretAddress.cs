namespace Secrets;

/// <summary>
/// One secret's place: scope, owner, name. Each store maps it to a native name of its own, reversibly. A secret without an owner is public,
/// so visibility can never disagree with ownership.
/// </summary>
/// <param name="Scope">The scope it is kept at.</param>
/// <param name="Owner">The principal's id it is private to; null for a public secret. Never empty.</param>
/// <param name="Name">Its name.</param>
public readonly record struct SecretAddress(SecretScope Scope, string? Owner, string Name)
{
    /// <summary>Private if it has an owner, else public.</summary>
    public SecretVisibility Visibility => Owner is null ? SecretVisibility.Public : SecretVisibility.Private;

    /// <summary>A public secret at team scope.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The address.</returns>
    public static SecretAddress Public(string name) => new(SecretScope.Team, null, name);

    /// <summary>A public secret.</summary>
    /// <param name="scope">Its scope.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The address.</returns>
    public static SecretAddress Public(SecretScope scope, string name) => new(scope, null, name);

    /// <summary>A private secret.</summary>
    /// <param name="scope">Its scope.</param>
    /// <param name="owner">Its owner's principal id.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The address.</returns>
    public static SecretAddress Private(SecretScope scope, string owner, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return new SecretAddress(scope, owner, name);
    }

    /// <summary>For people: <c>'db' (project:churn, private to ada)</c>.</summary>
    /// <returns>Name, scope, visibility.</returns>
    public override string ToString() => Owner is null ? $"'{Name}' ({Scope}, public)" : $"'{Name}' ({Scope}, private to {Owner})";
}
