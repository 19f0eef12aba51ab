namespace Secrets;

/// <summary>What a full verification found.</summary>
/// <param name="Versions">How many versions were opened.</param>
/// <param name="Faults">Versions that do not open, with the error that a read of them gives. Empty for a sound store.</param>
public sealed record EncryptedFileVerification(int Versions, IReadOnlyList<SecretException> Faults)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => Faults.Count == 0;
}
