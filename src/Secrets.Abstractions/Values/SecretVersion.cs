namespace Secrets;

/// <summary>A version, as the store names it. Opaque: order comes from the store's listing, never from comparing the text.</summary>
/// <param name="Value">The store's own word; never empty for a version that exists.</param>
public readonly record struct SecretVersion(string Value)
{
    /// <summary>The store's own word.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value ?? "";
}
