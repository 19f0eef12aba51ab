namespace Secrets;

/// <summary>The order of a listing: a field, up or down. Equal ones follow in the order of their ids. Without a value they come first.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsDescending">True for down.</param>
public sealed record SecretSort(SecretField Field, bool IsDescending = false) : IComparer<SecretProperties>
{
    /// <summary>By creation, oldest first.</summary>
    public static SecretSort Default { get; } = new(SecretField.Created);

    /// <summary>Reads <c>name</c>, <c>asc:name</c>, <c>desc:name</c>.</summary>
    /// <param name="text">The text. A direction that is neither counts as <c>asc</c>.</param>
    /// <param name="warning">Says so, if the direction was neither; else null.</param>
    /// <returns>The order.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>field</c>): there is no such field.</exception>
    public static SecretSort Parse(string text, out string? warning)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string direction = colon < 0 ? "asc" : text[..colon];
        warning = direction is "asc" or "desc" ? null : "The direction before the colon is neither 'asc' nor 'desc'; sorted ascending.";
        return new SecretSort(SecretFields.Parse(text[(colon + 1)..]), direction == "desc");
    }

    /// <summary>Compares two secrets by this order.</summary>
    /// <param name="x">One.</param>
    /// <param name="y">The other.</param>
    /// <returns>Below, at or above 0.</returns>
    public int Compare(SecretProperties? x, SecretProperties? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int order = SecretFields.IsInstant(Field)
            ? Nullable.Compare(SecretFields.InstantOf(x, Field), SecretFields.InstantOf(y, Field))
            : string.CompareOrdinal(SecretFields.TextOf(x, Field) ?? "", SecretFields.TextOf(y, Field) ?? "");
        if (order == 0) return x.Id.CompareTo(y.Id);
        return IsDescending ? -order : order;
    }
}
