namespace Secrets;

/// <summary>A whole new version of a secret.</summary>
/// <param name="Properties">
/// Address, and everything to be kept with the version. <see cref="SecretProperties.Version"/>, <see cref="SecretProperties.UpdatedOn"/>,
/// <see cref="SecretProperties.DeletedOn"/> and <see cref="SecretProperties.KeyNames"/> are ignored: they are the store's to give.
/// <see cref="SecretProperties.CreatedOn"/> is kept where the store can and the secret is new (a rename, an import).
/// </param>
/// <param name="Values">All pairs.</param>
/// <param name="Condition">When it goes through.</param>
public sealed record SecretWrite(SecretProperties Properties, IReadOnlyDictionary<string, SecretValue> Values, SecretCondition Condition = default)
{
    /// <summary>The secret.</summary>
    public SecretAddress Address => Properties.Address;

    /// <value>
    /// Writes the version without making it current. Needs <see cref="SecretStoreFeatures.Promote"/>. Default false.
    /// </value>
    public bool Pending { get; init; }

    /// <value>
    /// An address to remove in the same atomic step: a rename or a change of visibility. <see cref="Condition"/> then holds for the
    /// new address. Needs <see cref="SecretStoreFeatures.Move"/>. Default null.
    /// </value>
    public SecretAddress? MoveFrom { get; init; }

    /// <value>The version that <see cref="MoveFrom"/> must be at; null for any. Default null.</value>
    public SecretVersion? MoveFromVersion { get; init; }

    /// <summary>Address and number of keys; never a value.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"SecretWrite({Address}, {Values.Count} keys)";
}
