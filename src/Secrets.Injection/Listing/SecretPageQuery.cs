namespace Secrets;

/// <summary>A page of a filtered and sorted listing.</summary>
public sealed record SecretPageQuery
{
    /// <summary>The most secrets on one page.</summary>
    public const int MaxSize = 10_000;

    /// <value>The conditions. Default none: all that the caller may see.</value>
    public IReadOnlyList<SecretFilter> Filters { get; init; } = [];

    /// <value>How they go together. Default <see cref="SecretFilterLogic.And"/>.</value>
    public SecretFilterLogic Logic { get; init; }

    /// <value>Only this scope; null for all. Holds besides the filters. Default null.</value>
    public SecretScope? Scope { get; init; }

    /// <value>Only private or only public ones; null for both. Holds besides the filters. Default null.</value>
    public SecretVisibility? Visibility { get; init; }

    /// <value>Text that name, description or a tag has to contain, whatever its case; null for any. Holds besides the filters. Default null.</value>
    public string? Search { get; init; }

    /// <value>The order. Default <see cref="SecretSort.Default"/>.</value>
    public SecretSort Sort { get; init; } = SecretSort.Default;

    /// <value>Which page, from 1. Default 1.</value>
    public int Page { get; init; } = 1;

    /// <value>How many on a page, 1 to 10,000. Default 20.</value>
    public int Size { get; init; } = 20;

    /// <value>
    /// Goes on after a page by its <see cref="SecretListPage.NextPage"/> instead of counting pages: what comes and goes in between neither
    /// repeats nor loses an entry. Excludes <see cref="Page"/>. Default null.
    /// </value>
    public string? After { get; init; }

    /// <value>Secrets that are deleted but can be recovered, too. Default false.</value>
    public bool IncludeDeleted { get; init; }
}
