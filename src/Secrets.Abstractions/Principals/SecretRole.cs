namespace Secrets;

/// <summary>What a principal is to the host. Roles are open; these are the ones that the default policy knows.</summary>
/// <param name="Name">The role's name; compared exactly.</param>
public readonly record struct SecretRole(string Name)
{
    /// <summary>May write and delete every public secret. Sees no private secret of anybody else.</summary>
    public static SecretRole Admin { get; } = new("admin");

    /// <summary>May use public secrets, and write and delete its own private ones.</summary>
    public static SecretRole Member { get; } = new("member");

    /// <summary>The role's name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name ?? "";
}
