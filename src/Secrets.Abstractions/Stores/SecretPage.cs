namespace Secrets;

/// <summary>One page of a listing.</summary>
/// <param name="Items">The properties; may be none.</param>
/// <param name="ContinuationToken">How to go on; null on the last page. Opaque, and holds no secret.</param>
public sealed record SecretPage(IReadOnlyList<SecretProperties> Items, string? ContinuationToken = null);
