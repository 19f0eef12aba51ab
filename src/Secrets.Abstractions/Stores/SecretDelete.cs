namespace Secrets;

/// <summary>Deletes a secret, or one version of it.</summary>
/// <param name="Address">The secret.</param>
/// <param name="Condition">When it goes through; <see cref="SecretCondition.Absent"/> makes no sense here and is refused.</param>
public sealed record SecretDelete(SecretAddress Address, SecretCondition Condition = default)
{
    /// <value>
    /// For good, where the store would otherwise keep it recoverable; also removes what was deleted softly before. Default false.
    /// </value>
    public bool Purge { get; init; }

    /// <value>
    /// Destroys the values of this version only; the current version is refused. Needs <see cref="SecretStoreFeatures.DestroyVersion"/>.
    /// Default null: the whole secret.
    /// </value>
    public SecretVersion? Version { get; init; }
}
