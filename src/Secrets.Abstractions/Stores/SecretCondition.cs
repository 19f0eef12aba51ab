namespace Secrets;

/// <summary>On which condition a write, promotion or deletion goes through. The default is unconditional.</summary>
/// <param name="IfAbsent">Only if the address is free.</param>
/// <param name="IfVersion">Only if the current version is this one.</param>
public readonly record struct SecretCondition(bool IfAbsent, SecretVersion? IfVersion)
{
    /// <summary>Whatever is there.</summary>
    public static SecretCondition None => default;

    /// <summary>Only if the address is free. Else <see cref="SecretErrorCode.AlreadyExists"/>.</summary>
    public static SecretCondition Absent => new(true, null);

    /// <summary>Only if the current version is this one. Else <see cref="SecretErrorCode.Conflict"/>, a missing secret included.</summary>
    /// <param name="version">The version expected.</param>
    /// <returns>The condition.</returns>
    public static SecretCondition At(SecretVersion version) => new(false, version);
}
