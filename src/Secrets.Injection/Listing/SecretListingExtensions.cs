using System.Runtime.CompilerServices;

namespace Secrets;

/// <summary>Filtered, sorted and paged listings over any client. Reads no value.</summary>
public static class SecretListingExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>One page of the secrets that match, in order. What the store can narrow by is left to the store.</summary>
        /// <param name="query">Which ones.</param>
        /// <param name="cancellationToken">Ends the listing.</param>
        /// <returns>The page.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a page below 1, a size that is not 1 to 10,000, a token that is none; and the codes of a store.</exception>
        public async ValueTask<SecretListPage> ListPageAsync(SecretPageQuery query, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(query);
            Check(query);
            PageToken? after = query.After is null ? null : PageToken.Parse(query.After, query.Sort);
            PageWindow window = new(query, after);
            await foreach (SecretProperties properties in client.FilterSecretsAsync(query, cancellationToken).ConfigureAwait(false))
                window.Add(properties);
            return window.ToPage();
        }

        /// <summary>All secrets that match, as the store gives them: unsorted, one page of the store in memory at a time.</summary>
        /// <param name="query">Which ones; page, size and order are not looked at.</param>
        /// <param name="cancellationToken">Ends the listing.</param>
        /// <returns>The secrets.</returns>
        /// <exception cref="SecretException">The codes of a store.</exception>
        public async IAsyncEnumerable<SecretProperties> FilterSecretsAsync(SecretPageQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(query);
            await foreach (SecretProperties properties in client.ListSecretsAsync(Narrowed(query), cancellationToken).ConfigureAwait(false))
            {
                if (IsWanted(query, properties)) yield return properties;
            }
        }
    }

    private static void Check(SecretPageQuery query)
    {
        if (query.Page < 1) throw ListingErrors.Invalid("page", "Pages are counted from 1.");
        if (query.Size is < 1 or > SecretPageQuery.MaxSize) throw ListingErrors.Invalid("page-size", "A page has 1 to 10,000 secrets.");
        if (query.After is not null && query.Page != 1) throw ListingErrors.Invalid("page", "A page is asked for by its number or by what it follows, not by both.");
    }

    // Only what all filters together ask for may be asked of the store, so nothing for `or`.
    private static SecretQuery Narrowed(SecretPageQuery query)
    {
        SecretQuery narrowed = new() { IncludeDeleted = query.IncludeDeleted, Scope = query.Scope, Visibility = query.Visibility };
        if (query.Logic == SecretFilterLogic.Or && query.Filters.Count > 1) return narrowed;
        foreach (SecretFilter filter in query.Filters)
        {
            narrowed = (filter.Field, filter.Operator) switch
            {
                (SecretField.Name, SecretFilterOperator.Equals) => narrowed with { Name = $"equals:{filter.Text}" },
                (SecretField.Name, SecretFilterOperator.StartsWith) when narrowed.Name is null => narrowed with { Name = $"startswith:{filter.Text}" },
                (SecretField.Type, SecretFilterOperator.Equals) => narrowed with { Type = filter.Text },
                (SecretField.Private, SecretFilterOperator.Equals) => narrowed with { Visibility = filter.Text == "true" ? SecretVisibility.Private : SecretVisibility.Public },
                _ => narrowed,
            };
        }

        return narrowed;
    }

    // In loops: this runs for each of what may be a hundred thousand.
    private static bool IsWanted(SecretPageQuery query, SecretProperties properties)
    {
        if (query.Visibility is { } visibility && visibility != properties.Visibility) return false;
        bool isOr = query.Logic == SecretFilterLogic.Or;
        bool matches = query.Filters.Count == 0 || !isOr;
        for (int i = 0; i < query.Filters.Count && matches != isOr; i++)
            matches = query.Filters[i].Matches(properties);
        return matches && (query.Search is null || IsFound(properties, query.Search));
    }

    private static bool IsFound(SecretProperties properties, string text) =>
        properties.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || properties.Description?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || properties.Tags.Any(tag => tag.Key.Contains(text, StringComparison.OrdinalIgnoreCase) || tag.Value.Contains(text, StringComparison.OrdinalIgnoreCase));
}
