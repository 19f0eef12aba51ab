namespace Secrets;

/// <summary>Asks for what templates refer to, and keeps it: the engine behind <c>secrets register</c>.</summary>
public static class SecretRegistrationExtensions
{
    extension(ISecretsClient client)
    {
        /// <summary>What templates need, secret by secret and key by key, each once, and what of it is there. Reads values, shows none.</summary>
        /// <param name="templates">The templates. A reference with a default needs nothing.</param>
        /// <param name="cancellationToken">Ends the reading.</param>
        /// <returns>The requests, in the order of the references.</returns>
        /// <exception cref="SecretException">A secret cannot be read for another reason than that it is missing.</exception>
        public async ValueTask<IReadOnlyList<SecretRequest>> ListRequiredSecretsAsync(IEnumerable<SecretTemplate> templates, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(templates);
            (SecretLookup Lookup, string? Key)[] needed =
                [.. templates.SelectMany(template => template.References).Where(reference => reference.Default is null).Select(reference => (reference.Lookup, reference.Key)).Distinct()];
            SecretLookup[] lookups = [.. needed.Select(need => need.Lookup).Distinct()];
            IReadOnlyList<SecretLookupResult> results = await client.GetSecretsAsync(lookups, cancellationToken).ConfigureAwait(false);
            Dictionary<SecretLookup, Secret?> found = [];
            for (int i = 0; i < lookups.Length; i++)
            {
                if (results[i] is { Status: not (SecretReadStatus.Found or SecretReadStatus.NotFound), Error: { } error }) throw error;
                found[lookups[i]] = results[i].Secret;
            }

            return [.. needed.Select(need => Request(need.Lookup, need.Key, found[need.Lookup]))];
        }

        /// <summary>
        /// Asks for each value that templates need and writes the answers: new secrets are created, secrets that are there get the keys that
        /// were answered and keep the rest. One secret is one write, made when its last question is answered.
        /// </summary>
        /// <param name="templates">The templates.</param>
        /// <param name="ask">Gives a value; null or empty to keep what is there, or to leave it missing. Asked one at a time.</param>
        /// <param name="options">How to go about it; null for the defaults.</param>
        /// <param name="cancellationToken">Ends the registration; what was written before stays.</param>
        /// <returns>What was done.</returns>
        /// <exception cref="SecretException">As for creating and updating.</exception>
        public async ValueTask<SecretRegistrationResult> RegisterSecretsAsync(
            IEnumerable<SecretTemplate> templates,
            Func<SecretRequest, CancellationToken, ValueTask<SecretValue?>> ask,
            SecretRegistrationOptions? options = null,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(ask);
            options ??= new SecretRegistrationOptions();
            IReadOnlyList<SecretRequest> required = await client.ListRequiredSecretsAsync(templates, cancellationToken).ConfigureAwait(false);
            List<string> created = [], updated = [], kept = [], missing = [];
            foreach (IGrouping<SecretLookup, SecretRequest> secret in required.GroupBy(request => request.Lookup))
            {
                SecretValues answers = [];
                List<string> unanswered = [];
                foreach (SecretRequest request in secret)
                {
                    SecretValue? answer = options.SkipExisting && request.HasValue ? null : await ask(request, cancellationToken).ConfigureAwait(false);
                    if (answer is { ByteCount: > 0 }) answers[request.KeyToWrite] = answer;
                    else if (!request.HasValue) unanswered.Add(request.QualifiedName);
                }

                missing.AddRange(unanswered);
                bool isThere = secret.First().HasSecret;
                if (answers.Count > 0)
                {
                    await client.KeepAsync(secret.Key, answers, isThere, options, cancellationToken).ConfigureAwait(false);
                    (isThere ? updated : created).Add(secret.Key.Name);
                }
                else if (unanswered.Count == 0)
                {
                    kept.Add(secret.Key.Name);
                }
            }

            return new SecretRegistrationResult(created, updated, kept, missing);
        }

        private async ValueTask KeepAsync(SecretLookup lookup, SecretValues answers, bool isThere, SecretRegistrationOptions options, CancellationToken cancellationToken)
        {
            if (!isThere)
            {
                await client.CreateSecretAsync(lookup.Name, answers, NewOptions(lookup, client.Scopes, options.NewSecrets ?? new CreateSecretOptions()), cancellationToken).ConfigureAwait(false);
                return;
            }

            await client.UpdateSecretAsync(lookup, update => SetAll(update, answers), cancellationToken).ConfigureAwait(false);
        }
    }

    private static SecretRequest Request(SecretLookup lookup, string? key, Secret? secret)
    {
        bool hasValue = secret is not null && (key is null ? secret.TryGetSingleValue(out _) : secret.TryGetValue(key, out _));
        SecretRequest request = new(lookup, key, secret is not null, hasValue);
        return key is null && secret is { Keys: { Count: 1 } only } ? request with { KeyToWrite = only.First() } : request;
    }

    private static void SetAll(SecretUpdate update, SecretValues answers)
    {
        foreach ((string key, SecretValue value) in answers)
            update.Set(key, value);
    }

    // Where the reference says where the secret is, it is made there: else the reference would still not find it.
    private static CreateSecretOptions NewOptions(SecretLookup lookup, SecretScopeChain chain, CreateSecretOptions given) => new()
    {
        Visibility = lookup.Visibility ?? given.Visibility,
        Scope = lookup.Scope ?? (lookup.ScopeKind is { } kind && chain.Any(scope => scope.Kind == kind) ? chain.First(scope => scope.Kind == kind) : given.Scope),
        Type = given.Type,
        Description = given.Description,
        Tags = given.Tags,
        ExpiresOn = given.ExpiresOn,
    };
}
