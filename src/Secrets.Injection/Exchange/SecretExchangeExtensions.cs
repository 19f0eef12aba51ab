namespace Secrets;

/// <summary>Takes secrets out of a client and brings them in.</summary>
public static class SecretExchangeExtensions
{
    extension(SecretsClient client)
    {
        /// <summary>Exports secrets with their values, as one document. Each has to be one that the principal may be shown.</summary>
        /// <param name="patterns">Names and patterns; <c>*</c> alone is all that the principal sees.</param>
        /// <param name="format">How; see <see cref="SecretExchange.ExportAll"/>. Default JSON.</param>
        /// <param name="visibility">Only private or only public ones; null for both. Default null.</param>
        /// <param name="cancellationToken">Ends the export.</param>
        /// <returns>The document, in plaintext once it is revealed.</returns>
        /// <exception cref="SecretException">
        /// <see cref="SecretErrorCode.Denied"/>: the policy or the store shows one of them to nobody; then none is exported. And as for
        /// <see cref="SecretBulkExtensions"/> and <see cref="SecretExchange.ExportAll"/>.
        /// </exception>
        public async ValueTask<SecretValue> ExportSecretsAsync(
            IEnumerable<string> patterns, SecretExchangeFormat format = SecretExchangeFormat.Json, SecretVisibility? visibility = null, CancellationToken cancellationToken = default)
        {
            IReadOnlyList<SecretProperties> matching = await client.MatchSecretsAsync(patterns, visibility, cancellationToken).ConfigureAwait(false);
            foreach (SecretProperties item in matching)
                client.Demand(SecretAction.Reveal, item.Address);
            SecretLookup[] lookups = [.. matching.Select(LookupOf)];
            IReadOnlyList<SecretLookupResult> results = await client.GetSecretsAsync(lookups, cancellationToken).ConfigureAwait(false);
            return SecretExchange.ExportAll(results.Select(result => result.GetSecretOrThrow()), format);
        }

        /// <summary>
        /// Creates the secrets of a document. If one of them breaks a rule, or is there already and is not to be replaced, none is created.
        /// Private ones become the principal's own.
        /// </summary>
        /// <param name="imports">The secrets; see <see cref="SecretExchange.ImportAll"/>.</param>
        /// <param name="overwrite">Whether to replace secrets that are there. Default false.</param>
        /// <param name="cancellationToken">Ends the import; what was created before stays.</param>
        /// <returns>The properties of what was created, in order.</returns>
        /// <exception cref="SecretException"><see cref="SecretErrorCode.AlreadyExists"/>: the message names those that are there; and as for creating.</exception>
        public async ValueTask<IReadOnlyList<SecretProperties>> ImportSecretsAsync(
            IReadOnlyList<SecretImport> imports, bool overwrite = false, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(imports);
            foreach (SecretImport import in imports)
                Check(client.Engine.Core.Rules, import);
            if (!overwrite) await RefuseTakenAsync(client, imports, cancellationToken).ConfigureAwait(false);
            List<SecretProperties> created = [];
            foreach (SecretImport import in imports)
            {
                import.Options.Overwrite = overwrite;
                created.Add(await client.CreateSecretAsync(import.Name, import.Values, import.Options, cancellationToken).ConfigureAwait(false));
            }

            return created;
        }
    }

    // As creating does, but of all before the first is written.
    private static void Check(WriteRules rules, SecretImport import)
    {
        rules.CheckName(import.Name);
        rules.CheckScope(import.Name, import.Options.Scope);
        SecretAddress address = SecretAddress.Public(import.Options.Scope, import.Name);
        rules.CheckKeys(address, import.Values.Keys);
        rules.CheckValues(address, import.Values);
    }

    private static async ValueTask RefuseTakenAsync(SecretsClient client, IReadOnlyList<SecretImport> imports, CancellationToken cancellationToken)
    {
        SecretLookup[] lookups = [.. imports.Select(import => new SecretLookup(import.Name) { Scope = import.Options.Scope, Visibility = import.Options.Visibility })];
        IReadOnlyList<SecretDescribeResult> there = await client.DescribeSecretsAsync(lookups, cancellationToken).ConfigureAwait(false);
        string[] taken = [.. lookups.Where((_, i) => there[i].Properties is not null).Select(lookup => $"'{lookup.Name}'")];
        if (taken.Length > 0)
            throw new SecretException(SecretErrorCode.AlreadyExists, $"Already there: {string.Join(", ", taken)}. Nothing was imported. Rename them, delete them, or import with overwriting.") { Reason = "import" };
    }

    private static SecretLookup LookupOf(SecretProperties properties) => new(properties.Name) { Scope = properties.Scope, Visibility = properties.Visibility };
}
