namespace Secrets;

/// <summary>Which of two secrets of one name comes first: the private one at a wider scope, or the public one at a narrower scope.</summary>
public enum SecretLookupOrder
{
    /// <summary>The caller's private secrets down the chain, then public ones down the chain.</summary>
    VisibilityFirst = 0,

    /// <summary>Scope by scope down the chain; at each the caller's private secret, then the public one.</summary>
    ScopeFirst = 1,
}
