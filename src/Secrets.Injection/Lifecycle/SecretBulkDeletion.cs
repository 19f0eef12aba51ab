namespace Secrets;

/// <summary>What a deletion of many did.</summary>
/// <param name="Deleted">What is deleted.</param>
/// <param name="Failed">What is not, and why; a failure of one stops no other.</param>
/// <param name="WasDeclined">Whether it was not confirmed; then nothing was deleted.</param>
public sealed record SecretBulkDeletion(IReadOnlyList<SecretProperties> Deleted, IReadOnlyList<SecretCandidate> Failed, bool WasDeclined);
