namespace Secrets;

/// <summary>One role binding that a set of references needs.</summary>
/// <param name="Role">The role, as in <c>roles/secretmanager.secretAccessor</c>.</param>
/// <param name="Resource">The resource to bind it on.</param>
/// <param name="Condition">The condition, in the language of IAM conditions; null for none.</param>
public sealed record GoogleBinding(string Role, string Resource, string? Condition = null);
