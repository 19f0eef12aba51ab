namespace Secrets;

/// <summary>Who can see that a secret exists at all.</summary>
public enum SecretVisibility
{
    /// <summary>Everyone whom the policy allows to use secrets of that scope.</summary>
    Public = 0,

    /// <summary>Its owner and nobody else, whatever their roles. To others it is not there.</summary>
    Private = 1,
}
