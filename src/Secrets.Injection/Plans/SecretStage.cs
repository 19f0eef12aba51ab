namespace Secrets;

/// <summary>When a secret is there: while an image is built, while it runs, or both.</summary>
public enum SecretStage
{
    /// <summary>While the work runs.</summary>
    Runtime = 0,

    /// <summary>While the image is built.</summary>
    Build = 1,

    /// <summary>Both.</summary>
    All = 2,
}
