namespace Secrets;

/// <summary>Refuses what a profile does not have a verb for.</summary>
internal sealed class ProfilePolicy(SecretProfile profile) : ISecretPolicy
{
    public SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address)
    {
        (SecretVerbs needed, string refusal) = action switch
        {
            SecretAction.Reveal => (SecretVerbs.Reveal, "Saved values are write-only there; programs use them, nobody is shown them. Write a new value instead."),
            SecretAction.Create => (SecretVerbs.Create, "Secrets are not created there."),
            SecretAction.Update => (SecretVerbs.Update, "Secrets are immutable there. Delete it and create it anew."),
            SecretAction.Delete => (SecretVerbs.Delete, "Secrets are not deleted there."),
            _ => (SecretVerbs.None, ""),
        };
        return profile.Verbs.HasFlag(needed) ? SecretDecision.Allowed : SecretDecision.Refused($"The profile '{profile.Id}' refuses it: {refusal}");
    }
}
