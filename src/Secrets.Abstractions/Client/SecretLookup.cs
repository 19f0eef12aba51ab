namespace Secrets;

/// <summary>
/// What a caller asks for: a name, and how far to look for it. With only a name, the caller's private secrets down the scope chain come
/// first, then public ones down the chain; the first that exists is the answer.
/// </summary>
/// <param name="Name">The secret's name, exactly.</param>
public readonly record struct SecretLookup(string Name)
{
    /// <value>Only private or only public secrets; null for private before public. Default null.</value>
    public SecretVisibility? Visibility { get; init; }

    /// <value>Only this scope, whether it is in the chain or not; null for the chain. Default null.</value>
    public SecretScope? Scope { get; init; }

    /// <value>Only the chain's scope of this kind (<c>project</c>); null for the whole chain. Ignored where <see cref="Scope"/> is set. Default null.</value>
    public string? ScopeKind { get; init; }

    /// <value>This version; null for the current one. Default null.</value>
    public SecretVersion? Version { get; init; }

    /// <summary>For people: <c>'db'</c>, with what restricts it.</summary>
    /// <returns>One line.</returns>
    public override string ToString()
    {
        string text = $"'{Name}'";
        if (Scope is { } scope) text += $" at {scope}";
        else if (ScopeKind is not null) text += $" at the {ScopeKind} scope";
        if (Visibility is { } visibility) text += visibility == SecretVisibility.Private ? ", private only" : ", public only";
        if (Version is { } version) text += $", version {version}";
        return text;
    }
}
