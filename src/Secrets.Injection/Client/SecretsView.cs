namespace Secrets;

/// <summary>Whose eyes, and down which chain. The part of a cache key that is not the name.</summary>
internal sealed record SecretsView(SecretPrincipal Principal, SecretScopeChain Scopes);
