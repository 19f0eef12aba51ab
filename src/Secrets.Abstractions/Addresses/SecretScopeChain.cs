using System.Collections;

namespace Secrets;

/// <summary>
/// Where a name is looked for, most specific first: the first scope that has the name wins, nothing is merged. The default is project,
/// cluster, team, as far as the host said which project and cluster it is.
/// </summary>
/// <remarks>Immutable, compared by content, safe to use from any thread.</remarks>
public sealed class SecretScopeChain : IReadOnlyList<SecretScope>, IEquatable<SecretScopeChain>
{
    private readonly SecretScope[] _scopes;

    /// <summary>Makes a chain.</summary>
    /// <param name="scopes">One scope or more, most specific first, none twice.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: empty, or a scope twice.</exception>
    public SecretScopeChain(params IEnumerable<SecretScope> scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        _scopes = [.. scopes];
        if (_scopes.Length == 0)
            throw new SecretException(SecretErrorCode.InvalidArgument, "A scope chain needs at least one scope.") { Reason = "scope-chain" };
        for (int i = 1; i < _scopes.Length; i++)
        {
            if (Array.IndexOf(_scopes, _scopes[i], 0, i) >= 0)
                throw new SecretException(SecretErrorCode.InvalidArgument, $"The scope {_scopes[i]} is in the chain twice; the second one could never apply.") { Reason = "scope-chain" };
        }
    }

    /// <summary>Team only: what a host has that names no project and no cluster.</summary>
    public static SecretScopeChain Team { get; } = new(SecretScope.Team);

    /// <inheritdoc/>
    public int Count => _scopes.Length;

    /// <inheritdoc/>
    public SecretScope this[int index] => _scopes[index];

    /// <summary>Project, cluster, team: a project's secret beats a cluster's, and a cluster's beats the team's.</summary>
    /// <param name="project">The project's id, or null for none.</param>
    /// <param name="cluster">The cluster's id, or null for none.</param>
    /// <returns>The chain.</returns>
    public static SecretScopeChain Default(string? project = null, string? cluster = null)
    {
        List<SecretScope> scopes = [];
        if (project is not null) scopes.Add(SecretScope.Project(project));
        if (cluster is not null) scopes.Add(SecretScope.Cluster(cluster));
        scopes.Add(SecretScope.Team);
        return new SecretScopeChain(scopes);
    }

    /// <inheritdoc/>
    public IEnumerator<SecretScope> GetEnumerator() => ((IEnumerable<SecretScope>)_scopes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(SecretScopeChain? other) => other is not null && _scopes.AsSpan().SequenceEqual(other._scopes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretScopeChain);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (SecretScope scope in _scopes)
            hash.Add(scope);
        return hash.ToHashCode();
    }

    /// <summary><c>project:churn &gt; cluster:gpu-1 &gt; team</c>.</summary>
    /// <returns>The scopes in order.</returns>
    public override string ToString() => string.Join(" > ", _scopes);
}
