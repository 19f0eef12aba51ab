namespace Secrets;

/// <summary>What happens to a running process when a byte of its variables or files changes.</summary>
public enum SecretChangeAction
{
    /// <summary>Its files change; its variables stay as they are, no process can be given new ones.</summary>
    None = 0,

    /// <summary>Its files change and it is started again with the new variables.</summary>
    Restart = 1,

    /// <summary>Its files change and it gets a signal.</summary>
    Signal = 2,
}
