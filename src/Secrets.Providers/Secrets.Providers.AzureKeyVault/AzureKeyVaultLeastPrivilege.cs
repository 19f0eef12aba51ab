namespace Secrets;

/// <summary>The role assignments that exactly a set of references needs, on single secrets.</summary>
public static class AzureKeyVaultLeastPrivilege
{
    private static readonly (string Name, Guid Id) SecretsUser = ("Key Vault Secrets User", new Guid("4633458b-17de-408a-b874-0445c86b69e6"));
    private static readonly (string Name, Guid Id) Reader = ("Key Vault Reader", new Guid("21090545-7ca7-4776-b22c-e363652d74d2"));

    /// <summary>What resolving the references needs.</summary>
    /// <param name="references">What is referred to.</param>
    /// <param name="chain">Where it is looked for.</param>
    /// <param name="vaultId">The vault's resource id: <c>/subscriptions/.../providers/Microsoft.KeyVault/vaults/my-vault</c>.</param>
    /// <param name="prefix">The store's prefix. Default empty.</param>
    /// <param name="owner">Whose private secrets apply, too; null for nobody's.</param>
    /// <returns>One assignment for every candidate.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a name that the vault cannot hold.</exception>
    /// <remarks>
    /// A role can be assigned on a name that does not exist yet. With roles on single secrets the vault does not tell a missing name from a
    /// forbidden one, unless the name has an assignment: every candidate of a chain is therefore in the list.
    /// </remarks>
    public static IReadOnlyList<AzureRoleAssignment> ForReading(IEnumerable<SecretLookup> references, SecretScopeChain chain, string vaultId, string prefix = "", string? owner = null) =>
        Assign(SecretsUser, references, chain, vaultId, prefix, owner);

    /// <summary>What checking at <c>SECRET_EXISTS</c> needs, which reads no value.</summary>
    /// <param name="references">What is referred to.</param>
    /// <param name="chain">Where it is looked for.</param>
    /// <param name="vaultId">The vault's resource id.</param>
    /// <param name="prefix">The store's prefix. Default empty.</param>
    /// <param name="owner">Whose private secrets apply, too; null for nobody's.</param>
    /// <returns>One assignment for every candidate.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a name that the vault cannot hold.</exception>
    public static IReadOnlyList<AzureRoleAssignment> ForDescribing(IEnumerable<SecretLookup> references, SecretScopeChain chain, string vaultId, string prefix = "", string? owner = null) =>
        Assign(Reader, references, chain, vaultId, prefix, owner);

    private static AzureRoleAssignment[] Assign((string Name, Guid Id) role, IEnumerable<SecretLookup> references, SecretScopeChain chain, string vaultId, string prefix, string? owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(vaultId);
        AzureNames names = new(prefix);
        return
        [
            .. LookupCandidates.Of(references, chain, owner)
                .SelectMany(address => new[] { names.ToNative(address, "azure-key-vault"), names.Existing(address) })
                .OfType<string>()
                .Select(native => new AzureRoleAssignment(role.Name, role.Id, $"{vaultId.TrimEnd('/')}/secrets/{native}")),
        ];
    }
}
