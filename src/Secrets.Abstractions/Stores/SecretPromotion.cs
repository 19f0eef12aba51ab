namespace Secrets;

/// <summary>Makes a version that exists the current one.</summary>
/// <param name="Address">The secret.</param>
/// <param name="Version">The version to make current: pending or previous.</param>
/// <param name="Condition">When it goes through; <see cref="SecretCondition.At"/> names the version that is current now.</param>
public sealed record SecretPromotion(SecretAddress Address, SecretVersion Version, SecretCondition Condition = default);
