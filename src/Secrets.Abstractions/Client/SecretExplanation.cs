using System.Text;

namespace Secrets;

/// <summary>Which secret a lookup gives, which ones that shadows, and why. Holds no values.</summary>
/// <param name="Lookup">What was asked.</param>
/// <param name="Principal">Who asked.</param>
/// <param name="Chain">The scopes in order.</param>
/// <param name="Candidates">Every place considered, in the order considered.</param>
public sealed record SecretExplanation(SecretLookup Lookup, SecretPrincipal Principal, SecretScopeChain Chain, IReadOnlyList<SecretCandidate> Candidates)
{
    /// <summary>The one that applies; null if the lookup finds nothing or fails.</summary>
    public SecretCandidate? Applied => Candidates.FirstOrDefault(candidate => candidate.Outcome == SecretCandidateOutcome.Applied);

    /// <summary>The ones that exist and do not apply.</summary>
    public IEnumerable<SecretCandidate> Shadowed => Candidates.Where(candidate => candidate.Outcome == SecretCandidateOutcome.Shadowed);

    /// <summary>A line for the result and one for each candidate.</summary>
    /// <returns>Several lines, for people.</returns>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(Lookup).Append(" for ").Append(Principal).Append(", looked for in ").Append(Chain).Append(": ");
        text.Append(Applied is { } applied ? $"{applied.Address}, version {applied.Properties?.Version}" : "nothing applies");
        foreach (SecretCandidate candidate in Candidates)
            text.Append('\n').Append("  ").Append(Word(candidate.Outcome)).Append("  ").Append(candidate.Address);
        return text.ToString();
    }

    private static string Word(SecretCandidateOutcome outcome) => outcome switch
    {
        SecretCandidateOutcome.Applied => "applies ",
        SecretCandidateOutcome.Shadowed => "shadowed",
        SecretCandidateOutcome.Denied => "denied  ",
        SecretCandidateOutcome.Failed => "failed  ",
        _ => "missing ",
    };
}
