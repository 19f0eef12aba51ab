namespace Secrets;

/// <summary>Checks references: each lookup once, in batches, and with no more permission than the level needs.</summary>
internal static class SecretReferenceValidator
{
    internal static async ValueTask<SecretValidationReport> ValidateAsync(
        ISecretsClient client, IReadOnlyList<SecretReference> references, IReadOnlyList<SecretReferenceProblem> malformed, SecretValidationLevel level, CancellationToken cancellationToken)
    {
        if (level == SecretValidationLevel.None) return new SecretValidationReport(level, references.Count, []);

        SecretNearNames names = new(client, enabled: true);
        SecretLookup[] lookups = [.. references.Select(reference => reference.Lookup).Distinct()];
        Dictionary<SecretLookup, SecretFinding> findings = level == SecretValidationLevel.SecretExists
            ? await FindSecretsAsync(client, lookups, names, cancellationToken).ConfigureAwait(false)
            : await FindKeysAsync(client, lookups, cancellationToken).ConfigureAwait(false);

        List<SecretReferenceFault> faults = [];
        foreach (SecretReference reference in references)
        {
            if (findings[reference.Lookup].FaultOf(reference, level) is not { } fault) continue;
            if (!fault.IsMissing || reference.Default is null) faults.Add(fault);
        }

        IReadOnlyList<SecretReferenceProblem> problems = await SecretProblems.DescribeAsync(faults, names, cancellationToken).ConfigureAwait(false);
        return new SecretValidationReport(level, references.Count + malformed.Count, [.. malformed, .. problems]);
    }

    private static async ValueTask<Dictionary<SecretLookup, SecretFinding>> DescribeAsync(
        ISecretsClient client, SecretLookup[] lookups, CancellationToken cancellationToken)
    {
        Dictionary<SecretLookup, SecretFinding> findings = [];
        if (lookups.Length == 0) return findings;
        try
        {
            IReadOnlyList<SecretDescribeResult> results = await client.DescribeSecretsAsync(lookups, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < lookups.Length; i++)
                findings.Add(lookups[i], SecretFinding.Of(lookups[i], results[i]));
        }
        catch (SecretException unsupported) when (unsupported.Code == SecretErrorCode.Unsupported)
        {
            foreach (SecretLookup lookup in lookups)
                findings.Add(lookup, new SecretFinding(null, null, unsupported));
        }

        return findings;
    }

    /// <summary>A store that cannot describe can often still list, which is no reading either.</summary>
    private static async ValueTask<Dictionary<SecretLookup, SecretFinding>> FindSecretsAsync(
        ISecretsClient client, SecretLookup[] lookups, SecretNearNames names, CancellationToken cancellationToken)
    {
        Dictionary<SecretLookup, SecretFinding> findings = await DescribeAsync(client, lookups, cancellationToken).ConfigureAwait(false);
        foreach (SecretLookup lookup in lookups.Where(lookup => findings[lookup].Error?.Code == SecretErrorCode.Unsupported && lookup.Version is null))
            findings[lookup] = await names.FindAsync(lookup, cancellationToken).ConfigureAwait(false);
        return findings;
    }

    /// <summary>
    /// Key names come from describing, where the store keeps them apart. Whether it does, the first secret tells: where it does not, the
    /// others are read at once, which is what a host does next anyway.
    /// </summary>
    private static async ValueTask<Dictionary<SecretLookup, SecretFinding>> FindKeysAsync(
        ISecretsClient client, SecretLookup[] lookups, CancellationToken cancellationToken)
    {
        Dictionary<SecretLookup, SecretFinding> findings = await DescribeAsync(client, lookups[..Math.Min(1, lookups.Length)], cancellationToken).ConfigureAwait(false);
        if (findings.Values.All(finding => finding.KnowsKeys))
        {
            foreach ((SecretLookup lookup, SecretFinding finding) in await DescribeAsync(client, lookups[findings.Count..], cancellationToken).ConfigureAwait(false))
                findings.Add(lookup, finding);
        }

        SecretLookup[] unknown = [.. lookups.Where(lookup => !findings.TryGetValue(lookup, out SecretFinding finding) || !finding.KnowsKeys)];
        if (unknown.Length == 0) return findings;
        IReadOnlyList<SecretLookupResult> results = await client.GetSecretsAsync(unknown, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < unknown.Length; i++)
            findings[unknown[i]] = SecretFinding.Of(results[i]);
        return findings;
    }
}
