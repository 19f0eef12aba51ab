namespace Secrets;

/// <summary>One role assignment that a set of references needs.</summary>
/// <param name="RoleName">The built-in role's name.</param>
/// <param name="RoleId">Its id, the same in every tenant.</param>
/// <param name="Scope">The resource id of one secret.</param>
public sealed record AzureRoleAssignment(string RoleName, Guid RoleId, string Scope);
