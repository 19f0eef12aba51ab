namespace Secrets;

/// <summary>
/// A level at which secrets are kept: <c>team</c>, <c>cluster:gpu-1</c>, <c>project:churn</c>, or a kind of the host's own (<c>step</c>,
/// <c>pipeline</c>, <c>stack</c>). Kinds are open. The default value is <see cref="Team"/>.
/// </summary>
public readonly record struct SecretScope
{
    private const string TeamKind = "team";
    private const int MaxKindLength = 32;
    private const int MaxIdLength = 128;

    // Null for team, so that default(SecretScope) equals Team.
    private readonly string? _kind;
    private readonly string? _id;

    /// <summary>Makes a scope.</summary>
    /// <param name="kind">1 to 32 of <c>a-z 0-9 -</c>, starting with a letter.</param>
    /// <param name="id">Empty, or up to 128 chars without control characters.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: kind or id breaks its rule.</exception>
    public SecretScope(string kind, string id)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        CheckKind(kind);
        CheckId(kind, id);
        _kind = kind == TeamKind ? null : kind;
        _id = id.Length == 0 ? null : id;
    }

    /// <summary>The widest scope of the default chain; needs no id.</summary>
    public static SecretScope Team => default;

    /// <summary>The kind: <c>team</c>, <c>cluster</c>, <c>project</c>, or a host's own.</summary>
    public string Kind => _kind ?? TeamKind;

    /// <summary>Which one of its kind; empty where the kind has only one.</summary>
    public string Id => _id ?? "";

    /// <summary>All workloads on one cluster.</summary>
    /// <param name="id">The cluster's id; not empty.</param>
    /// <returns>The scope.</returns>
    public static SecretScope Cluster(string id) => new("cluster", Required("cluster", id));

    /// <summary>All workloads of one project.</summary>
    /// <param name="id">The project's id; not empty.</param>
    /// <returns>The scope.</returns>
    public static SecretScope Project(string id) => new("project", Required("project", id));

    /// <summary>Reads <c>kind</c> or <c>kind:id</c>, the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">The text; the id is everything after the first colon.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: the text is not of that form.</exception>
    public static SecretScope Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new SecretScope(text, "") : new SecretScope(text[..colon], Required(text[..colon], text[(colon + 1)..]));
    }

    /// <summary><c>kind</c>, or <c>kind:id</c>.</summary>
    /// <returns>The text that <see cref="Parse"/> reads.</returns>
    public override string ToString() => _id is null ? Kind : $"{Kind}:{_id}";

    private static string Required(string kind, string id) => !string.IsNullOrEmpty(id)
        ? id
        : throw new SecretException(SecretErrorCode.InvalidArgument, $"The scope '{kind}' needs an id, as in '{kind}:my-{kind}'.") { Reason = "scope-id" };

    private static void CheckKind(string kind)
    {
        bool legal = kind.Length is > 0 and <= MaxKindLength && char.IsAsciiLetterLower(kind[0]);
        foreach (char c in kind)
            legal &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
        if (!legal)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"'{kind}' is not a scope kind: it takes 1 to {MaxKindLength} of a-z 0-9 -, a letter first.") { Reason = "scope-kind" };
    }

    private static void CheckId(string kind, string id)
    {
        bool legal = id.Length <= MaxIdLength;
        foreach (char c in id)
            legal &= !char.IsControl(c) && !char.IsSurrogate(c);
        if (!legal)
            throw new SecretException(SecretErrorCode.InvalidArgument, $"The id of the scope '{kind}' is longer than {MaxIdLength} chars or holds a control character or surrogate.") { Reason = "scope-id" };
    }
}
