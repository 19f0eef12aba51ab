namespace Secrets;

/// <summary>One key that secrets of a type have.</summary>
/// <param name="Name">The key's name in the secret.</param>
public sealed record SecretTypeKey(string Name)
{
    /// <value>What it is, for prompts and help. Default empty.</value>
    public string Description { get; init; } = "";

    /// <value>Whether a secret of the type must have it. Default true.</value>
    public bool IsRequired { get; init; } = true;

    /// <value>Whether a prompt hides what is typed. Default true.</value>
    public bool IsSensitive { get; init; } = true;

    /// <value>What it is if not given; null for nothing. Default null.</value>
    public string? Default { get; init; }

    /// <value>Other names under which a secret made elsewhere may have it. Default none.</value>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
