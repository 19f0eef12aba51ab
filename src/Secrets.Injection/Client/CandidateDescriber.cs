namespace Secrets;

/// <summary>Finds what lookups give without reading a value.</summary>
internal sealed class CandidateDescriber(ClientCore core, LookupAnswers answers, CandidateReader reader, ClientTelemetry telemetry)
{
    internal async ValueTask<IReadOnlyList<SecretDescribeResult>> DescribeAsync(
        SecretsView view, IReadOnlyList<SecretLookup> lookups, CancellationToken cancellationToken)
    {
        SecretDescribeResult[] results = new SecretDescribeResult[lookups.Count];
        SecretAddress[][] candidates = [.. lookups.Select(lookup => core.CandidatesOf(lookup, view))];
        Dictionary<SecretAddress, SecretDescribeResult> described = await DescribeAsync(candidates.SelectMany(places => places), cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Choose(view, lookups[i], candidates[i], described);
            if (lookups[i].Version is { } version && results[i].Properties is { } current && current.Version != version)
                results[i] = await DescribeVersionAsync(view, current.Address, version, cancellationToken).ConfigureAwait(false);
            if (results[i] is { Status: SecretReadStatus.Denied, Error: { } refusal })
                telemetry.Audit(SecretAuditAction.Read, view.Principal, lookups[i], null, refusal.Code, refusal.Address);
        }

        return results;
    }

    internal async ValueTask<SecretExplanation> ExplainAsync(SecretsView view, SecretLookup lookup, CancellationToken cancellationToken)
    {
        SecretAddress[] places = core.CandidatesOf(lookup, view);
        Dictionary<SecretAddress, SecretDescribeResult> described = await DescribeAsync(places, cancellationToken).ConfigureAwait(false);
        CandidateChoice choice = CandidateChoice.Of([.. places.Select(place => described[place].Status)], core.Options.SkipDeniedCandidates);
        List<SecretCandidate> candidates = new(places.Length);
        for (int i = 0; i < places.Length; i++)
            candidates.Add(Candidate(view, places[i], described[places[i]], applies: i == choice.Index));
        return new SecretExplanation(lookup, view.Principal, view.Scopes, candidates);
    }

    /// <summary>The one that a lookup gives, for a verb that changes it: by describing where the store can, else by reading.</summary>
    /// <exception cref="SecretException">Nothing is found, or a candidate stops the lookup. An expired secret is found.</exception>
    internal async ValueTask<SecretProperties> FindAsync(string operation, SecretsView view, SecretLookup lookup, CancellationToken cancellationToken)
    {
        SecretAddress[] places = core.CandidatesOf(lookup, view);
        SecretDescribeResult[] found;
        if (core.Has(SecretStoreFeatures.Describe))
        {
            Dictionary<SecretAddress, SecretDescribeResult> described = await DescribeAsync(places, cancellationToken).ConfigureAwait(false);
            found = [.. places.Select(place => described[place])];
        }
        else
        {
            IReadOnlyList<SecretReadResult> read = await reader.ReadAllAsync([.. places.Select(place => new SecretRead(place))], cancellationToken).ConfigureAwait(false);
            found = [.. read.Select(result => new SecretDescribeResult(result.Status, result.Secret?.Properties, result.Error))];
        }

        CandidateChoice choice = CandidateChoice.Of([.. found.Select(result => result.Status)], core.Options.SkipDeniedCandidates);
        if (choice.Index < 0) throw ClientErrors.NotFound(operation, lookup, view, core.Store.Name);
        return choice.Status == SecretReadStatus.Found
            ? found[choice.Index].Properties!
            : throw ClientErrors.Store(operation, places[choice.Index], choice.Status, found[choice.Index].Error, core.Store.Name);
    }

    private SecretDescribeResult Choose(SecretsView view, SecretLookup lookup, SecretAddress[] places, Dictionary<SecretAddress, SecretDescribeResult> described)
    {
        CandidateChoice choice = CandidateChoice.Of([.. places.Select(place => described[place].Status)], core.Options.SkipDeniedCandidates);
        if (choice.Index < 0)
            return new SecretDescribeResult(SecretReadStatus.NotFound, Error: ClientErrors.NotFound("describe", lookup, view, core.Store.Name));
        SecretAddress place = places[choice.Index];
        SecretDescribeResult result = described[place];
        if (choice.Status != SecretReadStatus.Found)
            return new SecretDescribeResult(choice.Status, Error: ClientErrors.Store("describe", place, choice.Status, result.Error, core.Store.Name));
        return answers.Refusal("describe", view, place, result.Properties!) is { } refusal
            ? new SecretDescribeResult(SecretReadStatus.Denied, result.Properties, refusal)
            : result;
    }

    private SecretCandidate Candidate(SecretsView view, SecretAddress place, SecretDescribeResult result, bool applies)
    {
        if (result.Status != SecretReadStatus.Found)
        {
            SecretCandidateOutcome outcome = result.Status switch
            {
                SecretReadStatus.NotFound => SecretCandidateOutcome.Missing,
                SecretReadStatus.Denied or SecretReadStatus.MissingOrDenied => SecretCandidateOutcome.Denied,
                _ => SecretCandidateOutcome.Failed,
            };
            SecretException? error = outcome == SecretCandidateOutcome.Missing
                ? null
                : ClientErrors.Store("explain", place, result.Status, result.Error, core.Store.Name);
            return new SecretCandidate(place, outcome, null, error);
        }

        if (!applies) return new SecretCandidate(place, SecretCandidateOutcome.Shadowed, result.Properties);
        SecretException? refusal = answers.Refusal("use", view, place, result.Properties!);
        return new SecretCandidate(place, refusal is null ? SecretCandidateOutcome.Applied : SecretCandidateOutcome.Denied, result.Properties, refusal);
    }

    private async ValueTask<Dictionary<SecretAddress, SecretDescribeResult>> DescribeAsync(IEnumerable<SecretAddress> places, CancellationToken cancellationToken)
    {
        core.ThrowIfDisposed();
        core.Require(SecretStoreFeatures.Describe);
        SecretAddress[] distinct = [.. places.Distinct()];
        Dictionary<SecretAddress, SecretDescribeResult> described = new(distinct.Length);
        if (distinct.Length == 0) return described;
        IReadOnlyList<SecretDescribeResult> results;
        try
        {
            results = await core.Store.DescribeAsync(distinct, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretException error)
        {
            results = [.. distinct.Select(_ => SecretDescribeResult.From(error))];
        }

        for (int i = 0; i < distinct.Length; i++)
        {
            SecretDescribeResult result = results[i];
            described.Add(distinct[i], result.Properties is { } properties ? result with { Properties = SecretIds.WithId(properties) } : result);
        }

        return described;
    }

    private async ValueTask<SecretDescribeResult> DescribeVersionAsync(SecretsView view, SecretAddress address, SecretVersion version, CancellationToken cancellationToken)
    {
        core.Require(SecretStoreFeatures.Versions, address);
        string? token = null;
        try
        {
            do
            {
                SecretPage page = await core.Store.ListVersionsAsync(address, token, cancellationToken).ConfigureAwait(false);
                if (page.Items.FirstOrDefault(item => item.Version == version) is { } found)
                {
                    return answers.Refusal("describe", view, address, found) is { } refusal
                        ? new SecretDescribeResult(SecretReadStatus.Denied, SecretIds.WithId(found), refusal)
                        : SecretDescribeResult.Found(SecretIds.WithId(found));
                }

                token = page.ContinuationToken;
            }
            while (token is not null);
        }
        catch (SecretException error)
        {
            return SecretDescribeResult.From(ClientErrors.Store("describe", address, error, core.Store.Name));
        }

        return new SecretDescribeResult(SecretReadStatus.NotFound, Error: ClientErrors.NoSuchVersion("describe", address, version, core.Store.Name));
    }
}
