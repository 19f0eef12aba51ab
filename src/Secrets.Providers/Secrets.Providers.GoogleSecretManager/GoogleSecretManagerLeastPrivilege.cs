namespace Secrets;

/// <summary>The role bindings that exactly a set of references needs.</summary>
public static class GoogleSecretManagerLeastPrivilege
{
    private const string Accessor = "roles/secretmanager.secretAccessor";
    private const string Viewer = "roles/secretmanager.viewer";

    /// <summary>What resolving the references needs.</summary>
    /// <param name="references">What is referred to.</param>
    /// <param name="chain">Where it is looked for.</param>
    /// <param name="project">The project's number: conditions name secrets by it. An id works for bindings on single secrets only.</param>
    /// <param name="prefix">The store's prefix. Default empty.</param>
    /// <param name="owner">Whose private secrets apply, too; null for nobody's.</param>
    /// <param name="readProperties">Whether reads ask for properties, as in <see cref="GoogleSecretManagerOptions.ReadProperties"/>. Default true.</param>
    /// <returns>One binding on the project for each role, with a condition that names every candidate.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a name that the service cannot hold.</exception>
    /// <remarks>
    /// On the project and not on the secrets: a binding cannot be made on a secret that does not exist yet, and without one Google answers
    /// <i>permission denied</i> for it, where a chain needs <i>not found</i>. The condition keeps it to these names.
    /// </remarks>
    public static IReadOnlyList<GoogleBinding> ForReading(
        IEnumerable<SecretLookup> references, SecretScopeChain chain, string project, string prefix = "", string? owner = null, bool readProperties = true)
    {
        IReadOnlyList<SecretAddress> addresses = LookupCandidates.Of(references, chain, owner);
        return readProperties ? [.. Bind(Accessor, addresses, project, prefix), .. Bind(Viewer, addresses, project, prefix)] : [.. Bind(Accessor, addresses, project, prefix)];
    }

    /// <summary>What checking at <c>SECRET_EXISTS</c> needs, which reads no value.</summary>
    /// <param name="references">What is referred to.</param>
    /// <param name="chain">Where it is looked for.</param>
    /// <param name="project">The project's number.</param>
    /// <param name="prefix">The store's prefix. Default empty.</param>
    /// <param name="owner">Whose private secrets apply, too; null for nobody's.</param>
    /// <returns>One binding on the project, with a condition that names every candidate.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: a name that the service cannot hold.</exception>
    public static IReadOnlyList<GoogleBinding> ForDescribing(IEnumerable<SecretLookup> references, SecretScopeChain chain, string project, string prefix = "", string? owner = null) =>
        [.. Bind(Viewer, LookupCandidates.Of(references, chain, owner), project, prefix)];

    private static IEnumerable<GoogleBinding> Bind(string role, IReadOnlyList<SecretAddress> addresses, string project, string prefix)
    {
        ArgumentException.ThrowIfNullOrEmpty(project);
        NativeNames names = GoogleNames.Under(prefix);
        // A condition takes about a dozen terms; more names make more bindings.
        foreach (SecretAddress[] some in addresses.Chunk(5))
        {
            IEnumerable<string> terms = some
                .Select(address => $"projects/{project}/secrets/{names.ToNative(address, "google-secret-manager")}")
                .Select(name => $"resource.name == \"{name}\" || resource.name.startsWith(\"{name}/versions/\")");
            yield return new GoogleBinding(role, $"projects/{project}", string.Join(" || ", terms));
        }
    }
}
