namespace Secrets;

/// <summary>The name filter of a <see cref="SecretQuery"/>: an operator, a colon, and text. An unknown operator is part of the text.</summary>
internal readonly record struct SecretNameFilter(string Operator, string Text)
{
    internal static SecretNameFilter Parse(string? filter)
    {
        if (filter is null) return new SecretNameFilter("all", "");
        int colon = filter.IndexOf(':', StringComparison.Ordinal);
        string head = colon < 0 ? "" : filter[..colon];
        return head is "equals" or "startswith" or "endswith" or "contains"
            ? new SecretNameFilter(head, filter[(colon + 1)..])
            : new SecretNameFilter("equals", filter);
    }

    /// <summary>What the store can narrow by.</summary>
    internal string? Prefix => Operator is "equals" or "startswith" && Text.Length > 0 ? Text : null;

    internal bool Matches(string name) => Operator switch
    {
        "equals" => string.Equals(name, Text, StringComparison.Ordinal),
        "startswith" => name.StartsWith(Text, StringComparison.Ordinal),
        "endswith" => name.EndsWith(Text, StringComparison.Ordinal),
        "contains" => name.Contains(Text, StringComparison.Ordinal),
        _ => true,
    };
}
