namespace Secrets;

/// <summary>How several filters go together.</summary>
public enum SecretFilterLogic
{
    /// <summary>All must hold.</summary>
    And = 0,

    /// <summary>One is enough.</summary>
    Or = 1,
}
