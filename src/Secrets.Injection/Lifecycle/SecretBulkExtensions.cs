namespace Secrets;

/// <summary>Changes to many secrets at once.</summary>
public static class SecretBulkExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>What names and patterns mean: each secret once, in the order of the store.</summary>
        /// <param name="patterns">Names, and patterns with <c>*</c> and <c>?</c>; <c>*</c> alone is all that the caller sees. One at least.</param>
        /// <param name="visibility">Only private or only public ones; null for both. Default null.</param>
        /// <param name="cancellationToken">Ends the listing.</param>
        /// <returns>The secrets.</returns>
        /// <exception cref="SecretException">
        /// <see cref="SecretErrorCode.InvalidArgument"/> (<c>no-names</c>): no name was given. <see cref="SecretErrorCode.NotFound"/> (<c>no-match</c>): a name or
        /// pattern fits nothing that the caller sees.
        /// </exception>
        public async ValueTask<IReadOnlyList<SecretProperties>> MatchSecretsAsync(
            IEnumerable<string> patterns, SecretVisibility? visibility = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(patterns);
            string[] wanted = [.. patterns.Distinct(StringComparer.Ordinal)];
            if (wanted.Length == 0)
                throw new SecretException(SecretErrorCode.InvalidArgument, "No secret is named. Give names, patterns such as 'db-*', or '*' for all.") { Reason = "no-names" };
            HashSet<string> unmatched = new(wanted, StringComparer.Ordinal);
            List<SecretProperties> matching = [];
            await foreach (SecretProperties item in client.ListSecretsAsync(new SecretQuery { Visibility = visibility }, cancellationToken).ConfigureAwait(false))
            {
                string[] fits = [.. wanted.Where(pattern => NamePattern.IsPattern(pattern) ? NamePattern.Matches(pattern, item.Name) : pattern == item.Name)];
                unmatched.ExceptWith(fits);
                if (fits.Length > 0) matching.Add(item);
            }

            return unmatched.Count == 0 ? matching : throw new SecretException(
                SecretErrorCode.NotFound,
                $"No secret fits {string.Join(", ", unmatched.Order(StringComparer.Ordinal).Select(pattern => $"'{pattern}'"))}. List the secrets to see what there is.")
            {
                Reason = "no-match",
            };
        }

        /// <summary>Deletes every secret that names and patterns mean, at all scopes, after all of them were found and confirmed.</summary>
        /// <param name="patterns">As for <see cref="MatchSecretsAsync"/>. If one of them fits nothing, nothing is deleted.</param>
        /// <param name="confirm">Is shown what would be deleted and says whether to go on; null to go on.</param>
        /// <param name="visibility">Only private or only public ones; null for both. Default null.</param>
        /// <param name="cancellationToken">Ends the deletion; what was deleted before stays deleted.</param>
        /// <returns>What was deleted, and what failed.</returns>
        /// <exception cref="SecretException">As for <see cref="MatchSecretsAsync"/>.</exception>
        public async ValueTask<SecretBulkDeletion> DeleteSecretsAsync(
            IEnumerable<string> patterns,
            Func<IReadOnlyList<SecretProperties>, CancellationToken, ValueTask<bool>>? confirm = null,
            SecretVisibility? visibility = null,
            CancellationToken cancellationToken = default)
        {
            IReadOnlyList<SecretProperties> matching = await client.MatchSecretsAsync(patterns, visibility, cancellationToken).ConfigureAwait(false);
            if (confirm is not null && !await confirm(matching, cancellationToken).ConfigureAwait(false)) return new SecretBulkDeletion([], [], true);
            List<SecretProperties> deleted = [];
            List<SecretCandidate> failed = [];
            foreach (SecretProperties item in matching)
            {
                try
                {
                    await client.DeleteSecretAsync(new SecretLookup(item.Name) { Scope = item.Scope, Visibility = item.Visibility }, cancellationToken).ConfigureAwait(false);
                    deleted.Add(item);
                }
                catch (SecretException error)
                {
                    SecretCandidateOutcome outcome = error.Code == SecretErrorCode.Denied ? SecretCandidateOutcome.Denied : SecretCandidateOutcome.Failed;
                    failed.Add(new SecretCandidate(item.Address, outcome, item, error));
                }
            }

            return new SecretBulkDeletion(deleted, failed, false);
        }
    }
}
