namespace Secrets;

internal sealed class AllOfPolicy(ISecretPolicy[] policies) : ISecretPolicy
{
    public SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address)
    {
        foreach (ISecretPolicy policy in policies)
        {
            SecretDecision decision = policy.Decide(principal, action, address);
            if (!decision.IsAllowed) return decision;
        }

        return SecretDecision.Allowed;
    }
}
