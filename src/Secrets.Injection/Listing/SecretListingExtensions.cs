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
            PageToken? after = query.After is null ? null : PageToken.Parse(query.After);
            List<SecretProperties> matching = [];
            await foreach (SecretProperties properties in client.FilterSecretsAsync(query, cancellationToken).ConfigureAwait(false))
                matching.Add(properties);
            matching.Sort(query.Sort);

            int start = after is not null ? after.CountUpTo(matching, query.Sort) : (int)Math.Min((query.Page - 1L) * query.Size, matching.Count);
            List<SecretProperties> items = matching.GetRange(start, Math.Min(query.Size, matching.Count - start));
            bool isLast = start + items.Count >= matching.Count;
            return new SecretListPage(items, after is null ? query.Page : 0, query.Size, matching.Count, isLast ? null : PageToken.Of(items[^1], query.Sort).ToString());
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
                bool matches = query.Filters.Count == 0
                    || (query.Logic == SecretFilterLogic.And ? query.Filters.All(filter => filter.Matches(properties)) : query.Filters.Any(filter => filter.Matches(properties)));
                if (matches && (query.Visibility is null || query.Visibility == properties.Visibility) && (query.Search is null || IsFound(properties, query.Search))) yield return properties;
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

    private static bool IsFound(SecretProperties properties, string text) =>
        properties.Name.Contains(text, StringComparison.OrdinalIgnoreCase)
        || properties.Description?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || properties.Tags.Any(tag => tag.Key.Contains(text, StringComparison.OrdinalIgnoreCase) || tag.Value.Contains(text, StringComparison.OrdinalIgnoreCase));
}
