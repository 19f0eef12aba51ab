namespace Secrets;

/// <summary>A page of a filtered and sorted listing.</summary>
/// <param name="Items">The secrets of the page, in order; never a value.</param>
/// <param name="Page">Which page, from 1; 0 when it was asked for by <see cref="SecretPageQuery.After"/>.</param>
/// <param name="Size">How many a page has at most.</param>
/// <param name="Total">How many secrets match in all.</param>
/// <param name="NextPage">What <see cref="SecretPageQuery.After"/> takes to go on; null on the last page.</param>
public sealed record SecretListPage(IReadOnlyList<SecretProperties> Items, int Page, int Size, int Total, string? NextPage)
{
    /// <summary>How many pages there are; 0 if nothing matches.</summary>
    public int TotalPages => (Total + Size - 1) / Size;

    /// <summary>Whether another page follows.</summary>
    public bool HasMore => NextPage is not null;
}
