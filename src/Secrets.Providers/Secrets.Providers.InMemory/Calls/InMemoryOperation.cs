namespace Secrets;

/// <summary>One kind of call to an in-memory store, for faults, holds and counts.</summary>
public enum InMemoryOperation
{
    /// <summary><see cref="ISecretStore.ReadAsync"/>.</summary>
    Read = 0,

    /// <summary><see cref="ISecretStore.DescribeAsync"/>.</summary>
    Describe = 1,

    /// <summary><see cref="ISecretStore.ListAsync"/>.</summary>
    List = 2,

    /// <summary><see cref="ISecretStore.ListVersionsAsync"/>.</summary>
    ListVersions = 3,

    /// <summary><see cref="ISecretStore.WriteAsync"/>.</summary>
    Write = 4,

    /// <summary><see cref="ISecretStore.PromoteAsync"/>.</summary>
    Promote = 5,

    /// <summary><see cref="ISecretStore.DeleteAsync"/>.</summary>
    Delete = 6,

    /// <summary><see cref="ISecretStore.RecoverAsync"/>.</summary>
    Recover = 7,

    /// <summary><see cref="ISecretStore.WatchAsync"/>, once for each watch that starts.</summary>
    Watch = 8,
}
