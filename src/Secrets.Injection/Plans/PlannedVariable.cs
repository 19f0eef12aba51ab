namespace Secrets;

/// <summary>One variable of a plan: its name and where it comes from, never its value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where it comes from, for people.</param>
/// <param name="Address">The secret it comes from; null for one that is not an attached secret's.</param>
/// <param name="IsPath">It is the path of a file of the plan, or a text with one in it.</param>
public sealed record PlannedVariable(string Name, string Source, SecretAddress? Address, bool IsPath);
