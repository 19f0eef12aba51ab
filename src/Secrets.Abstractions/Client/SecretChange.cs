namespace Secrets;

/// <summary>A secret that somebody follows is another version now. Sent after the client's own readers see the new one.</summary>
/// <param name="Lookup">What was followed.</param>
/// <param name="Current">The secret as it is now; null if it is gone.</param>
/// <param name="Previous">The secret as it was; null if it was not there.</param>
public sealed record SecretChange(SecretLookup Lookup, Secret? Current, Secret? Previous);
