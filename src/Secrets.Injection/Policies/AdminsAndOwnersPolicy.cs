namespace Secrets;

internal sealed class AdminsAndOwnersPolicy : ISecretPolicy
{
    public SecretDecision Decide(SecretPrincipal principal, SecretAction action, SecretAddress address)
    {
        if (action is SecretAction.Use or SecretAction.Reveal) return SecretDecision.Allowed;
        if (address.Owner is { } owner)
        {
            return string.Equals(owner, principal.Id, StringComparison.Ordinal)
                ? SecretDecision.Allowed
                : SecretDecision.Refused("Private secrets are written and deleted by their owner only.");
        }

        return principal.IsInRole(SecretRole.Admin)
            ? SecretDecision.Allowed
            : SecretDecision.Refused($"Public secrets are written and deleted by principals with the role '{SecretRole.Admin}'. Ask one, or use a private secret.");
    }
}
