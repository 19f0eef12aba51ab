namespace Secrets;

/// <summary>Which candidate of a lookup decides it.</summary>
/// <param name="Index">The candidate that applies or stops the lookup; -1 if none is there.</param>
/// <param name="Status">How the lookup ends.</param>
internal readonly record struct CandidateChoice(int Index, SecretReadStatus Status)
{
    /// <summary>
    /// Only "not found" falls through: a fallback that hides a denial or an outage is a wrong secret. A host may let denied candidates be
    /// skipped, for backends that answer "denied" for a missing name; then a plain denial still shows when nothing else is found.
    /// </summary>
    internal static CandidateChoice Of(ReadOnlySpan<SecretReadStatus> statuses, bool skipDenied)
    {
        int denied = -1;
        for (int i = 0; i < statuses.Length; i++)
        {
            switch (statuses[i])
            {
                case SecretReadStatus.NotFound:
                    continue;
                case SecretReadStatus.Denied when skipDenied:
                    if (denied < 0) denied = i;
                    continue;
                case SecretReadStatus.MissingOrDenied when skipDenied:
                    continue;
                default:
                    return new CandidateChoice(i, statuses[i]);
            }
        }

        return denied >= 0 ? new CandidateChoice(denied, SecretReadStatus.Denied) : new CandidateChoice(-1, SecretReadStatus.NotFound);
    }
}
