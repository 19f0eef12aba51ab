namespace Secrets;

/// <summary>
/// Remembers, outside the file, the newest state of a store that this machine has seen, so that an older copy put in its place is noticed. What
/// an author implements to keep it elsewhere (a TPM, a key-value service).
/// </summary>
/// <remarks>
/// Written under the store's write lock, after the commit that it names was synced: it may lag behind the store, and never leads it. Read at any time,
/// while another process may be writing it. Authenticated by the store: what somebody else made is told as a warning and counts as nothing.
/// </remarks>
public interface IRollbackAnchor
{
    /// <summary>Reads what is remembered of a store.</summary>
    /// <param name="storeId">The store.</param>
    /// <returns>What <see cref="Write"/> was last given; null if nothing is known of the store.</returns>
    /// <exception cref="SecretException">What is remembered cannot be read.</exception>
    ReadOnlyMemory<byte>? Read(Guid storeId);

    /// <summary>Remembers the newest state. Called after each commit, so it should be quick; it need not be synced.</summary>
    /// <param name="storeId">The store.</param>
    /// <param name="anchor">80 bytes: sequence, chain hash, authentication. Nothing in it is secret.</param>
    /// <exception cref="SecretException">It cannot be remembered.</exception>
    void Write(Guid storeId, ReadOnlySpan<byte> anchor);
}
