namespace Secrets;

/// <summary>What a type does with keys that it does not name.</summary>
public enum SecretKeyExport
{
    /// <summary>It has none: they are refused.</summary>
    None = 0,

    /// <summary>Each is an environment variable of the same name.</summary>
    Variable = 1,

    /// <summary>Each is a file of the same name.</summary>
    File = 2,
}
