namespace Secrets;

/// <summary>Where a secret is attached to work, from the widest to the nearest (ZenML).</summary>
public enum AttachmentLevel
{
    /// <summary>A component of the stack.</summary>
    Component = 0,

    /// <summary>The stack.</summary>
    Stack = 1,

    /// <summary>The pipeline.</summary>
    Pipeline = 2,

    /// <summary>The step: beats all others.</summary>
    Step = 3,
}
