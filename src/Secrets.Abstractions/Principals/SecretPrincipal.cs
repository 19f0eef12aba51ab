namespace Secrets;

/// <summary>Who is asking: an id, which owns private secrets, and roles, which the policy reads.</summary>
/// <remarks>Immutable, compared by content, safe to use from any thread.</remarks>
public sealed class SecretPrincipal : IEquatable<SecretPrincipal>
{
    private readonly SecretRole[] _roles;

    /// <summary>Makes a principal.</summary>
    /// <param name="id">
    /// The user's id: 1 to 128 chars without control characters; or null for one who owns no private secrets.
    /// </param>
    /// <param name="roles">Its roles, in any order.</param>
    /// <exception cref="SecretException"><see cref="SecretErrorCode.InvalidArgument"/>: an id that breaks the rule.</exception>
    public SecretPrincipal(string? id, params IEnumerable<SecretRole> roles)
    {
        if (id is not null && (id.Length is 0 or > 128 || id.Any(c => char.IsControl(c) || char.IsSurrogate(c))))
            throw new SecretException(SecretErrorCode.InvalidArgument, "A principal's id takes 1 to 128 chars without control characters or surrogates; use null for none.") { Reason = "principal-id" };
        Id = id;
        _roles = [.. roles.Distinct().OrderBy(role => role.Name, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The host itself, which holds the store's credential anyway: no private secrets, may do everything with public ones. The default when
    /// a host says nothing about who is asking.
    /// </summary>
    public static SecretPrincipal Host { get; } = new(null, SecretRole.Admin);

    /// <summary>Nobody in particular: no private secrets, no roles. What an accessor that knows no user gives.</summary>
    public static SecretPrincipal Anonymous { get; } = new(null, []);

    /// <summary>The user's id, or null.</summary>
    public string? Id { get; }

    /// <summary>The roles, each once, ordered by name.</summary>
    public IReadOnlyList<SecretRole> Roles => _roles;

    /// <summary>Whether the principal has a role.</summary>
    /// <param name="role">The role.</param>
    /// <returns>True if it has.</returns>
    public bool IsInRole(SecretRole role) => Array.IndexOf(_roles, role) >= 0;

    /// <inheritdoc/>
    public bool Equals(SecretPrincipal? other) =>
        other is not null && string.Equals(Id, other.Id, StringComparison.Ordinal) && _roles.AsSpan().SequenceEqual(other._roles);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretPrincipal);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Id, StringComparer.Ordinal);
        foreach (SecretRole role in _roles)
            hash.Add(role);
        return hash.ToHashCode();
    }

    /// <summary><c>ada (admin)</c>.</summary>
    /// <returns>Id and roles.</returns>
    public override string ToString() => $"{Id ?? "(no user)"} ({string.Join(", ", _roles)})";
}
