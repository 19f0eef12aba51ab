namespace Secrets;

/// <summary>Errors about keys whose references do not resolve.</summary>
internal static class OverlayErrors
{
    /// <summary>One error for the faults of one key.</summary>
    internal static SecretException Of(IReadOnlyList<SecretReferenceFault> faults) => new SecretResolutionException(Problems(faults));

    /// <summary>One error for all keys that have no value: fixing a host one error at a time is no way to start a day.</summary>
    /// <param name="entries">Keys without a value, one at least.</param>
    internal static SecretException Combine(IReadOnlyList<OverlayEntry> entries) =>
        new SecretResolutionException([.. entries.Where(entry => entry.Key.Malformed is not null).Select(entry => Malformed(entry.Key)), .. Problems(entries.SelectMany(entry => entry.Faults))]);

    /// <summary>A key whose text does not parse, as an entry of a report.</summary>
    internal static SecretReferenceProblem Malformed(OverlayKey key) => SecretProblems.Malformed(key.Malformed!, new SecretPlace(key.Source, key.Path, 0, 1, 1));

    private static IReadOnlyList<SecretReferenceProblem> Problems(IEnumerable<SecretReferenceFault> faults)
    {
        // Without near names it asks nobody, and so is done at once.
        ValueTask<IReadOnlyList<SecretReferenceProblem>> described = SecretProblems.DescribeAsync(faults, new SecretNearNames(null!, enabled: false), CancellationToken.None);
        return described.GetAwaiter().GetResult();
    }
}
