namespace Secrets;

/// <summary>What a platform lets its users do with a secret.</summary>
[Flags]
public enum SecretVerbs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Make a new one.</summary>
    Create = 1 << 0,

    /// <summary>See what there is, without values.</summary>
    List = 1 << 1,

    /// <summary>Be shown a saved value.</summary>
    Reveal = 1 << 2,

    /// <summary>Change values or properties of one that is there.</summary>
    Update = 1 << 3,

    /// <summary>Delete it.</summary>
    Delete = 1 << 4,

    /// <summary>All of them.</summary>
    All = Create | List | Reveal | Update | Delete,
}
