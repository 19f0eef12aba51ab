namespace Secrets;

/// <summary>Finds a secret by what a person types: a name, an id, the beginning of an id, and if allowed a part of a name.</summary>
public static class SecretFindExtensions
{
    // Shorter ones hit something sooner or later, and a delete would follow.
    private const int MinIdPrefix = 4;
    private const int MostShown = 10;

    extension(ISecretsClient client)
    {
        /// <summary>
        /// The one secret that a text means. An exact name always wins: private before public, down the scope chain. Then the id; then the
        /// beginning of an id, four chars at least; then, only if allowed, a part of a name.
        /// </summary>
        /// <param name="nameOrId">The text.</param>
        /// <param name="visibility">Only private or only public ones; null for private before public.</param>
        /// <param name="allowPartialName">
        /// For reading by a person only: never for a reference, an update or a deletion, where a typo must not hit another secret. Default false.
        /// </param>
        /// <param name="cancellationToken">Ends the search.</param>
        /// <returns>The secret's properties.</returns>
        /// <exception cref="SecretException">
        /// <see cref="SecretErrorCode.NotFound"/>: none, or none of that visibility. <see cref="SecretErrorCode.Ambiguous"/>: several; the message lists
        /// their ids and names.
        /// </exception>
        public ValueTask<SecretProperties> FindSecretAsync(
            string nameOrId, SecretVisibility? visibility = null, bool allowPartialName = false, CancellationToken cancellationToken = default) =>
            client.FindSecretAsync(new SecretLookup(nameOrId) { Visibility = visibility }, allowPartialName, cancellationToken);

        /// <summary>As <see cref="FindSecretAsync(ISecretsClient, string, SecretVisibility?, bool, CancellationToken)"/>, at one scope if the lookup has one.</summary>
        /// <param name="lookup">The text as its name, the visibility, the scope. Its version is not looked at.</param>
        /// <param name="allowPartialName">For reading by a person only. Default false.</param>
        /// <param name="cancellationToken">Ends the search.</param>
        /// <returns>The secret's properties.</returns>
        /// <exception cref="SecretException">As there.</exception>
        public async ValueTask<SecretProperties> FindSecretAsync(SecretLookup lookup, bool allowPartialName = false, CancellationToken cancellationToken = default)
        {
            ArgumentException.ThrowIfNullOrEmpty(lookup.Name);
            string nameOrId = lookup.Name;
            SecretVisibility? visibility = lookup.Visibility;
            SecretDescribeResult exact = (await client.DescribeSecretsAsync([lookup with { Version = null }], cancellationToken).ConfigureAwait(false))[0];
            if (exact.Properties is { } named) return named;
            // Denied or unavailable is not "no such name": going on could find another secret.
            if (exact is { Status: not SecretReadStatus.NotFound, Error: { Code: not (SecretErrorCode.NotFound or SecretErrorCode.InvalidArgument) } error }) throw error;

            bool isWholeId = Guid.TryParse(nameOrId, out Guid id);
            bool mayBeIdPrefix = nameOrId.Length >= MinIdPrefix && nameOrId.All(c => char.IsAsciiHexDigit(c) || c == '-');
            List<SecretProperties> byId = [];
            List<SecretProperties> byName = [];
            if (isWholeId || mayBeIdPrefix || allowPartialName)
            {
                await foreach (SecretProperties item in client.ListSecretsAsync(new SecretQuery { Visibility = visibility, Scope = lookup.Scope }, cancellationToken).ConfigureAwait(false))
                {
                    if (isWholeId && item.Id == id) return item;
                    if (mayBeIdPrefix && item.Id.ToString("D").StartsWith(nameOrId, StringComparison.OrdinalIgnoreCase)) byId.Add(item);
                    if (allowPartialName && item.Name.StartsWith(nameOrId, StringComparison.Ordinal)) byName.Add(item);
                }
            }

            if (byId.Count > 0) return Only(byId, "The beginning of an id");
            if (PrivateFirst(byName) is { Count: > 0 } partial) return Only(partial, "The beginning of a name");
            throw new SecretException(
                SecretErrorCode.NotFound,
                $"No secret{(visibility is { } only ? $" that is {only.ToString().ToLowerInvariant()}" : "")} has this name or id{(allowPartialName ? ", or a name that begins so" : "")}. List the secrets to see what there is.")
            {
                Reason = "find",
            };
        }
    }

    private static List<SecretProperties> PrivateFirst(List<SecretProperties> found)
    {
        List<SecretProperties> mine = [.. found.Where(item => item.Visibility == SecretVisibility.Private)];
        return mine.Count > 0 ? mine : found;
    }

    private static SecretProperties Only(List<SecretProperties> found, string what)
    {
        if (found.Count == 1) return found[0];
        string shown = string.Join(", ", found.Take(MostShown).Select(item => $"{item.Id:D} {item.Address}"));
        throw new SecretException(
            SecretErrorCode.Ambiguous,
            $"{what} fits {found.Count} secrets: {shown}{(found.Count > MostShown ? ", ..." : "")}. Give the whole name, or more of the id.")
        {
            Reason = "find",
        };
    }
}
