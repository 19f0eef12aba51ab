namespace Secrets;

/// <summary>Compares lookups. Their names differ nearly always; hashing the rest of a lookup costs five times as much.</summary>
internal sealed class SecretLookupComparer : IEqualityComparer<SecretLookup>
{
    internal static SecretLookupComparer Instance { get; } = new();

    public bool Equals(SecretLookup x, SecretLookup y) => SecretReferenceRules.AreEqual(x, y);

    public int GetHashCode(SecretLookup lookup) => string.GetHashCode(lookup.Name, StringComparison.Ordinal);
}
