namespace Secrets;

/// <summary>The order of a listing: a field, up or down, and others after it. Equal ones follow in the order of their ids. Without a value they come first.</summary>
/// <param name="Field">The field.</param>
/// <param name="IsDescending">True for down.</param>
public sealed record SecretSort(SecretField Field, bool IsDescending = false) : IComparer<SecretProperties>
{
    /// <summary>By creation, oldest first.</summary>
    public static SecretSort Default { get; } = new(SecretField.Created);

    /// <value>The order of those that are equal by this one; null for that of their ids. Default null.</value>
    public SecretSort? Then { get; init; }

    /// <summary>Reads <c>name</c>, <c>asc:name</c>, <c>desc:name</c>, and several with commas between them: <c>type,desc:created</c>.</summary>
    /// <param name="text">The text. A direction that is neither counts as <c>asc</c>.</param>
    /// <param name="warning">Says so, if the direction was neither; else null.</param>
    /// <returns>The order.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>field</c>): there is no such field.</exception>
    public static SecretSort Parse(string text, out string? warning)
    {
        ArgumentNullException.ThrowIfNull(text);
        warning = null;
        SecretSort? sort = null;
        foreach (string one in text.Split(',').Reverse())
        {
            int colon = one.IndexOf(':', StringComparison.Ordinal);
            string direction = colon < 0 ? "asc" : one[..colon].Trim();
            if (direction is not ("asc" or "desc")) warning = "The direction before the colon is neither 'asc' nor 'desc'; sorted ascending.";
            sort = new SecretSort(SecretFields.Parse(one[(colon + 1)..].Trim()), direction == "desc") { Then = sort };
        }

        return sort!;
    }

    /// <summary>Compares two secrets by this order.</summary>
    /// <param name="x">One.</param>
    /// <param name="y">The other.</param>
    /// <returns>Below, at or above 0.</returns>
    public int Compare(SecretProperties? x, SecretProperties? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        for (SecretSort? sort = this; sort is not null; sort = sort.Then)
        {
            int order = SecretFields.IsInstant(sort.Field)
                ? Nullable.Compare(SecretFields.InstantOf(x, sort.Field), SecretFields.InstantOf(y, sort.Field))
                : string.CompareOrdinal(SecretFields.TextOf(x, sort.Field) ?? "", SecretFields.TextOf(y, sort.Field) ?? "");
            if (order != 0) return sort.IsDescending ? -order : order;
        }

        return x.Id.CompareTo(y.Id);
    }
}
