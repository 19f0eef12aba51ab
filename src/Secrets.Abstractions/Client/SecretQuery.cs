namespace Secrets;

/// <summary>What to list. Everything given must hold.</summary>
public sealed record SecretQuery
{
    /// <value>A filter on the name: <c>db</c> (equals), <c>startswith:openai</c>, <c>endswith:</c>, <c>contains:</c>. Null for all. Default null.</value>
    public string? Name { get; init; }

    /// <value>Only private or only public ones; null for the caller's private ones and all public ones. Default null.</value>
    public SecretVisibility? Visibility { get; init; }

    /// <value>Only this scope; null for all scopes of the store. Default null.</value>
    public SecretScope? Scope { get; init; }

    /// <value>Only this type; null for all. Default null.</value>
    public string? Type { get; init; }

    /// <value>Secrets that are deleted but can be recovered, too. Default false.</value>
    public bool IncludeDeleted { get; init; }
}
