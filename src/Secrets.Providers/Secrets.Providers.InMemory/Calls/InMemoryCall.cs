namespace Secrets;

/// <summary>One call that an in-memory store received, whatever became of it.</summary>
/// <param name="Operation">Which method.</param>
/// <param name="Addresses">What it asked for, in the order asked; empty for listings and watches.</param>
/// <param name="RoundTrips">How many native calls a real store would have needed: more than 1 for a batch over the declared size.</param>
/// <param name="StartedOn">When, by the store's clock.</param>
public sealed record InMemoryCall(InMemoryOperation Operation, IReadOnlyList<SecretAddress> Addresses, int RoundTrips, DateTimeOffset StartedOn);
