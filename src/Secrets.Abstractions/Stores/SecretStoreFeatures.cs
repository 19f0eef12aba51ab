namespace Secrets;

/// <summary>What a store can do beyond reading. A missing feature answers with <see cref="SecretErrorCode.Unsupported"/>, never silently.</summary>
[Flags]
public enum SecretStoreFeatures
{
    /// <summary>Reading only.</summary>
    None = 0,

    /// <summary>Can write.</summary>
    Write = 1 << 0,

    /// <summary>Can delete.</summary>
    Delete = 1 << 1,

    /// <summary>Can list properties.</summary>
    List = 1 << 2,

    /// <summary>Can tell existence and properties with a permission that cannot read values.</summary>
    Describe = 1 << 3,

    /// <summary>Describing and listing give key names too.</summary>
    KeysWithoutValues = 1 << 4,

    /// <summary>Keeps versions: they can be listed and read.</summary>
    Versions = 1 << 5,

    /// <summary>A deleted secret can be recovered, or purged.</summary>
    SoftDelete = 1 << 6,

    /// <summary>Can write only if the address is free, atomically.</summary>
    WriteIfAbsent = 1 << 7,

    /// <summary>Can write, promote and delete only if the secret is at a given version, atomically.</summary>
    WriteIfVersion = 1 << 8,

    /// <summary>Values may be any bytes, not only text.</summary>
    Binary = 1 << 9,

    /// <summary>Tells of changes by itself.</summary>
    Watch = 1 << 10,

    /// <summary>Reads many in one call (up to <see cref="SecretStoreCapabilities.MaxBatchSize"/>).</summary>
    BatchRead = 1 << 11,

    /// <summary>Can write a version that is not current yet, and make any kept version current.</summary>
    Promote = 1 << 12,

    /// <summary>Can destroy one version and keep the others.</summary>
    DestroyVersion = 1 << 13,

    /// <summary>Can write at one address and remove another in one atomic step (<see cref="SecretWrite.MoveFrom"/>).</summary>
    Move = 1 << 14,

    /// <summary>Answers <see cref="SecretRead.UnlessVersion"/> without transferring the value.</summary>
    ReadUnlessVersion = 1 << 15,
}
