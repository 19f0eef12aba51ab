namespace Secrets;

/// <summary>That a store fails on an address: how often in a row, since when, and when it is asked again.</summary>
/// <param name="Count">Failures in a row; 1 or more.</param>
/// <param name="Since">When the first of them came.</param>
/// <param name="NextTryAt">Not before then is it asked in the background, or by a reader for whom there is a last good value.</param>
/// <param name="HoldUntil">Not before then is it asked at all, because the store said so (Retry-After); 0 if it did not.</param>
/// <param name="Error">The last cause.</param>
internal sealed record AddressFailure(int Count, long Since, long NextTryAt, long HoldUntil, SecretException Error);
