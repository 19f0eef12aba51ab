namespace Secrets;

/// <summary>How a client finds, checks and changes secrets. Set with <c>ConfigureClient</c>; the defaults are meant to be right.</summary>
public sealed class SecretsClientOptions
{
    /// <value>Who asks, when nobody says otherwise. Default <see cref="SecretPrincipal.Host"/>.</value>
    public SecretPrincipal Principal { get; set; } = SecretPrincipal.Host;

    /// <value>Where names are looked for. Default <see cref="SecretScopeChain.Team"/>.</value>
    public SecretScopeChain Scopes { get; set; } = SecretScopeChain.Team;

    /// <value>Whether visibility or scope decides first. Default <see cref="SecretLookupOrder.VisibilityFirst"/>.</value>
    public SecretLookupOrder LookupOrder { get; set; } = SecretLookupOrder.VisibilityFirst;

    /// <value>
    /// Lets a chain pass over candidates that the store denies, for backends that answer "denied" where a name is missing (AWS, Google,
    /// Vault under narrow permissions). Each skip is audited and shown by <c>ExplainAsync</c>. Default false: the lookup fails there.
    /// </value>
    public bool SkipDeniedCandidates { get; set; }

    /// <value>
    /// With several stores: lets a read go on to the next store when one is down. The answer is marked degraded and never kept as the truth.
    /// Default false: only "not found" goes on, because a fallback that hides an outage is a wrong secret.
    /// </value>
    public bool FallBackOnOutage { get; set; }

    /// <value>What happens to a read of an expired secret. Default <see cref="ExpiredSecrets.Refuse"/>.</value>
    public ExpiredSecrets ExpiredSecrets { get; set; } = ExpiredSecrets.Refuse;

    /// <value>Who may do what, before the policies that were added. Default <see cref="SecretPolicies.Default"/>.</value>
    public ISecretPolicy Policy { get; set; } = SecretPolicies.Default;

    /// <value>Which names and keys may be written. Default <see cref="SecretNameRule.Default"/>.</value>
    public SecretNameRule NameRule { get; set; } = SecretNameRule.Default;

    /// <value>
    /// How often an update is applied anew because another writer came in between, before it fails with
    /// <see cref="SecretErrorCode.Conflict"/>. 1 to 100. Default 20: of n writers at once at least one wins each round.
    /// </value>
    public int MaxUpdateAttempts { get; set; } = 20;
}
