namespace Secrets;

/// <summary>That somebody accepted a store which was older than remembered, or had another history.</summary>
/// <param name="AnchoredCommit">The newest commit that was remembered.</param>
/// <param name="AcceptedOn">When.</param>
/// <param name="By">Who: user and machine, as the process knew them.</param>
public sealed record AcceptedRollback(ulong AnchoredCommit, DateTimeOffset AcceptedOn, string By);
