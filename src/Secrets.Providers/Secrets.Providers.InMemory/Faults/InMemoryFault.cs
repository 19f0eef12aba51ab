namespace Secrets;

/// <summary>One way in which an in-memory store fails, until it is used up or removed. Add it to <see cref="InMemorySecretStore.Faults"/>.</summary>
/// <param name="Code">The error's code.</param>
public sealed record InMemoryFault(SecretErrorCode Code)
{
    /// <value>Which calls; null for all. Default null.</value>
    public InMemoryOperation? Operation { get; init; }

    /// <value>Which secret; null for any. With an address, only that entry of a batch fails. Default null.</value>
    public SecretAddress? Address { get; init; }

    /// <value>
    /// Without an address: fails every entry of a batch apart instead of the call as a whole. Default false.
    /// </value>
    public bool EachEntry { get; init; }

    /// <value>How often it strikes, 1 or more; null for as long as it is there. Default null.</value>
    public int? Times { get; init; }

    /// <value>The error's <see cref="SecretException.RetryAfter"/>. Default null.</value>
    public TimeSpan? RetryAfter { get; init; }

    /// <value>The error's <see cref="SecretException.Reason"/>. Default null.</value>
    public string? Reason { get; init; }

    /// <value>The error's inner exception. Default null.</value>
    public Exception? InnerException { get; init; }

    /// <value>
    /// Strikes after the change was made: an acknowledgement that was lost. For write, promote, delete and recover. Default false.
    /// </value>
    public bool AfterEffect { get; init; }

    /// <value>
    /// An entry of a read or description answers <see cref="SecretReadStatus.MissingOrDenied"/> instead of what the code says. Default false.
    /// </value>
    public bool MissingOrDenied { get; init; }

    internal bool Hits(InMemoryOperation operation, SecretAddress? address) =>
        (Operation is null || Operation == operation) && (Address is null || Address == address);

    internal bool IsForEntries => Address is not null || EachEntry || MissingOrDenied;

    internal SecretException ToException(string storeName, InMemoryOperation operation, SecretAddress? address) => new(
        Code,
        $"The store '{storeName}' failed to {operation.ToString().ToLowerInvariant()}{(address is { } at ? $" {at}" : "")}: an injected fault with the code {Code}. Remove the fault from the test, or let it pass.",
        InnerException)
    {
        StoreName = storeName,
        Address = address,
        Reason = Reason,
        RetryAfter = RetryAfter,
    };
}
