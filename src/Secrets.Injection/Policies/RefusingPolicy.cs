namespace Secrets;

internal sealed class RefusingPolicy(SecretAction refused, string reason) : ISecretPolicy
{
    private readonly SecretDecision _refusal = SecretDecision.Refused(reason);

    public SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address) =>
        action == refused ? _refusal : SecretDecision.Allowed;
}
