namespace Secrets;

/// <summary>What a registration did. Names only, in the order they were needed.</summary>
/// <param name="Created">The secrets that were made.</param>
/// <param name="Updated">The secrets that got new values.</param>
/// <param name="Kept">The secrets that stayed as they are and have all that is needed.</param>
/// <param name="StillMissing">What was asked for and not given: <c>name.key</c>.</param>
public sealed record SecretRegistrationResult(
    IReadOnlyList<string> Created, IReadOnlyList<string> Updated, IReadOnlyList<string> Kept, IReadOnlyList<string> StillMissing)
{
    /// <summary>Whether everything that the templates refer to is there now.</summary>
    public bool IsComplete => StillMissing.Count == 0;

    /// <summary>Whether the templates refer to nothing, so that there was nothing to do.</summary>
    public bool WasNothingNeeded => Created.Count + Updated.Count + Kept.Count + StillMissing.Count == 0;
}
