namespace Secrets;

/// <summary>Turns what the store said about the candidates of a lookup into the one answer that its caller gets.</summary>
internal sealed class LookupAnswers(ClientCore core)
{
    /// <summary>Makes the answer.</summary>
    /// <param name="operation">For the error's text: <c>read</c>.</param>
    /// <param name="view">Who asks.</param>
    /// <param name="lookup">What was asked.</param>
    /// <param name="candidates">The places, in order.</param>
    /// <param name="results">What the store said of each; none of them "not modified".</param>
    /// <param name="applied">The place that decided; null if no place did.</param>
    internal SecretLookupResult Of(
        string operation, SecretsView view, SecretLookup lookup, SecretAddress[] candidates, ReadOnlySpan<SecretReadResult> results, out SecretAddress? applied)
    {
        Span<SecretReadStatus> statuses = stackalloc SecretReadStatus[results.Length];
        for (int i = 0; i < results.Length; i++)
            statuses[i] = results[i].Status;
        CandidateChoice choice = CandidateChoice.Of(statuses, core.Options.SkipDeniedCandidates);
        if (choice.Index < 0)
        {
            applied = null;
            return new SecretLookupResult(SecretReadStatus.NotFound, null, ClientErrors.NotFound(operation, lookup, view, core.Store.Name));
        }

        SecretAddress address = candidates[choice.Index];
        SecretReadResult result = results[choice.Index];
        applied = address;
        if (choice.Status != SecretReadStatus.Found)
            return new SecretLookupResult(choice.Status, null, ClientErrors.Store(operation, address, choice.Status, result.Error, core.Store.Name));
        return Refusal(operation, view, address, result.Secret!.Properties) is { } refusal
            ? new SecretLookupResult(SecretReadStatus.Denied, null, refusal)
            : new SecretLookupResult(SecretReadStatus.Found, result.Secret, null);
    }

    /// <summary>Why a secret that is there is not given out: the policy, or its expiry. Null to give it out.</summary>
    internal SecretException? Refusal(string operation, SecretsView view, SecretAddress address, SecretProperties properties)
    {
        SecretDecision decision = core.Decide(view.Principal, SecretAction.Use, address);
        if (!decision.IsAllowed) return ClientErrors.Refused(SecretAction.Use, address, view.Principal, decision);
        return properties.ExpiresOn is { } expiry && core.Options.ExpiredSecrets == ExpiredSecrets.Refuse && expiry <= core.Time.GetUtcNow()
            ? ClientErrors.Expired(operation, address, expiry, core.Store.Name)
            : null;
    }
}
