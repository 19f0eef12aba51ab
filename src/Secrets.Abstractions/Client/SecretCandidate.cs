namespace Secrets;

/// <summary>One place that a lookup considers.</summary>
/// <param name="Address">The place.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Properties">What is known of the secret there, if there is one; never a value.</param>
/// <param name="Error">Why it was refused or failed; null otherwise.</param>
public sealed record SecretCandidate(SecretAddress Address, SecretCandidateOutcome Outcome, SecretProperties? Properties = null, SecretException? Error = null);
