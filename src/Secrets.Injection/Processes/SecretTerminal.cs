namespace Secrets;

/// <summary>Whether a process that is run gets a terminal.</summary>
public enum SecretTerminal
{
    /// <summary>If this process has one: colours, size and prompts stay as they are, and the output is masked all the same.</summary>
    Auto = 0,

    /// <summary>Never: pipes.</summary>
    Never = 1,

    /// <summary>Always.</summary>
    Always = 2,
}
