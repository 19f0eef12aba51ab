namespace Secrets;

/// <summary>
/// How a platform treats secrets, as data: its name rule, its verbs, its scope kinds, its reference syntaxes, its limits. One engine does them
/// all; a host takes one with <c>UseProfile</c>, or makes its own with <c>with</c>.
/// </summary>
/// <param name="Id">The word for it: <c>mosaic</c>, <c>wandb</c>, <c>zenml</c>, <c>bento</c>, <c>paperspace</c>, <c>default</c>.</param>
/// <remarks>Immutable and safe to use from any thread.</remarks>
public sealed record SecretProfile(string Id)
{
    /// <value>Which names may be written, of those that <see cref="SecretNameRule.Default"/> allows. Default all of them.</value>
    public SecretTextRule? Names { get; init; }

    /// <value>Which keys may be written. Default: as <see cref="SecretNameRule.Default"/>.</value>
    public SecretTextRule? Keys { get; init; }

    /// <value>What may be done. Default all.</value>
    public SecretVerbs Verbs { get; init; } = SecretVerbs.All;

    /// <value>The kinds of its scope chain, most specific first. Default project, cluster, team.</value>
    public IReadOnlyList<string> ScopeKinds { get; init; } = ["project", "cluster", "team"];

    /// <value>Whether secrets are created at scopes of other kinds, too. Default false.</value>
    public bool ScopesAreOpen { get; init; }

    /// <value>How it writes references. Default all.</value>
    public SecretSyntaxes Syntaxes { get; init; } = SecretSyntaxes.All;

    /// <value>The fewest chars of a value. Default 0: empty is a value.</value>
    public int MinValueLength { get; init; }

    /// <value>The most chars of a value; null for what the store takes. Default null.</value>
    public int? MaxValueLength { get; init; }

    /// <value>Whether the keys of a secret stay as they were created: values change, names of keys do not. Default false.</value>
    public bool KeysAreFixed { get; init; }

    /// <value>Whether a secret is one value and has no keys of its own. Default false.</value>
    public bool IsSingleValued { get; init; }

    /// <value>The columns of its listings. Default id, name, scope, private, type, keys, updated and description.</value>
    public IReadOnlyList<SecretColumn> ListColumns { get; init; } =
    [
        .. ((SecretField[])[SecretField.Id, SecretField.Name, SecretField.Scope, SecretField.Private, SecretField.Type, SecretField.Keys, SecretField.Updated, SecretField.Description])
            .Select(field => SecretColumn.Of(field)),
    ];

    /// <summary>The chain of this profile's kinds for a caller.</summary>
    /// <param name="ids">Kind and id of the scopes that the caller is in; a kind that is missing is left out, <c>team</c> needs none.</param>
    /// <returns>The chain.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/> (<c>scope-kind</c>): a kind that the profile does not have.</exception>
    public SecretScopeChain ChainOf(IReadOnlyDictionary<string, string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (string kind in ids.Keys)
        {
            if (!ScopeKinds.Contains(kind, StringComparer.Ordinal))
                throw new SecretException(SecretErrorCode.InvalidArgument, $"The profile '{Id}' has no scope kind '{kind}'. It has: {string.Join(", ", ScopeKinds)}.") { Reason = "scope-kind" };
        }

        return new SecretScopeChain(ScopeKinds
            .Where(kind => kind == SecretScope.Team.Kind || ids.ContainsKey(kind))
            .Select(kind => kind == SecretScope.Team.Kind ? SecretScope.Team : new SecretScope(kind, ids[kind])));
    }

    /// <summary>The profile's id.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Id;
}
