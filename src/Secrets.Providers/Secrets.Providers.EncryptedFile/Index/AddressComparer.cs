namespace Secrets;

/// <summary>Equality by content, and the order of listings: scope, then public before private, then owner, then name; all ordinal.</summary>
internal sealed class AddressComparer : IEqualityComparer<SecretAddress>, IComparer<SecretAddress>
{
    internal static readonly AddressComparer Instance = new();

    public bool Equals(SecretAddress x, SecretAddress y) => string.Equals(x.Name, y.Name) && string.Equals(x.Owner, y.Owner) && x.Scope == y.Scope;

    // Names nearly always tell secrets apart; the rest is for those of one name in several scopes.
    public int GetHashCode(SecretAddress obj) => HashCode.Combine(
        string.GetHashCode(obj.Name, StringComparison.Ordinal),
        obj.Owner is null ? 0 : string.GetHashCode(obj.Owner, StringComparison.Ordinal),
        obj.Scope == SecretScope.Team ? 0 : obj.Scope.GetHashCode());

    public int Compare(SecretAddress x, SecretAddress y)
    {
        int order = string.CompareOrdinal(x.Scope.Kind, y.Scope.Kind);
        if (order == 0) order = string.CompareOrdinal(x.Scope.Id, y.Scope.Id);
        if (order == 0) order = string.CompareOrdinal(x.Owner, y.Owner);
        return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
    }
}
